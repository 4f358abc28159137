using Geode.Router.Configuration;
using Geode.Router.Limits;
using Geode.Router.Origins;

namespace Geode.Router.Admin;

/// <summary>Who runs the geodes says here which instances each has.</summary>
internal static class InstanceEndpoints
{
    private const string Example = "a list of addresses: [\"http://127.0.0.1:18200\"]; an empty one lets the geode sleep";

    public static void MapInstances(this IEndpointRouteBuilder app, RouterState state) =>
        app.MapPut("/_router/origins/{name}/instances", (HttpContext context) => PutAsync(context, state));

    private static async Task PutAsync(HttpContext context, RouterState state)
    {
        var (list, wrong) = await AdminBody.ReadAsync<string[]>(context, Example);
        var addresses = new List<Uri>();
        foreach (var text in list ?? [])
        {
            if (BareAddress.Of(text) is { } uri)
                addresses.Add(uri);
            else
                wrong ??= $"'{text}' is not an instance. Use http://host:port or https://host:port, without a path.";
        }

        if (addresses.CountBy(Origin.PrefixOf).FirstOrDefault(a => a.Value > 1) is { Key: { } twice })
            wrong ??= $"'{twice}' is there twice.";
        if (addresses.Count > Origin.MostInstances)
            wrong ??= $"{addresses.Count} instances; at most {Origin.MostInstances} are allowed.";
        if (wrong is not null)
            await Refusals.ProblemAsync(context, StatusCodes.Status400BadRequest, wrong);
        else
            await AdminEndpoints.ChangeAsync(context, state, origin => state.SetInstances(origin, addresses));
    }
}
