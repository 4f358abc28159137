using System.Net.Http.Json;
using System.Text.Json;
using Geode.Testing;

namespace Geode.Tests.Planets;

/// <summary>What <c>GET /planet/steward</c> says of the regions, and what plans have given them.</summary>
internal static class StewardReport
{
    /// <summary>As it is there at this moment; nothing when nobody answers.</summary>
    public static async Task<JsonElement> ReadAsync(HttpClient http, Uri address)
    {
        using var answer = await http.GetAsync(address);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default;
    }

    /// <summary>The floors in force; null where there is none.</summary>
    public static async Task<IReadOnlyList<int?>> FloorsAsync(TestPlanet planet, IEnumerable<string> regions) =>
        [.. (await Task.WhenAll(regions.Select(region => planet.InstancesAsync(region)))).Select(instances => instances.Floor)];

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
