using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Geode.Local.Control;

/// <summary>Regions cannot be added or removed while the planet runs.</summary>
internal static class GrowthEndpoints
{
    private const string Reason =
        "Regions cannot be added or removed while this planet runs. Change geode.json, or start with --regions or --geodes.";

    public static void MapGrowth(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/planet/regions", () => Refuse());
        routes.MapDelete("/planet/regions/{region}", (string region) => Refuse());
    }

    private static object Refuse() => throw new ControlException(501, Reason);
}
