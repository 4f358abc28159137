using System.Text.Json;

namespace Geode.Tests.Planets;

/// <summary>What <c>GET /planet/steward</c> says of the regions.</summary>
internal static class StewardReport
{
    /// <summary>What the region made of the plan; null: nothing yet, or nobody answered.</summary>
    public static JsonElement? Own(JsonElement steward, string region) => steward.ValueKind is not JsonValueKind.Object
        ? null
        : steward.GetProperty("regions").EnumerateArray().Where(of => of.GetProperty("region").GetString() == region).Select(of => (JsonElement?)of).FirstOrDefault();

    /// <summary>The lowest fence of the plans that these regions applied last; null: one has applied none, or not this one.</summary>
    public static long? Applied(JsonElement steward, IReadOnlyList<string> regions)
    {
        var fences = regions.Select(region => Own(steward, region) is { } own && own.GetProperty("allowed").GetBoolean() && own.TryGetProperty("done", out var done)
            ? done.GetProperty("fence").GetInt64()
            : (long?)null).ToList();
        return fences.Contains(null) ? null : fences.Min();
    }
}
