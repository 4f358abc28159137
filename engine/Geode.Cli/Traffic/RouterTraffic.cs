using System.Net.Http.Json;
using System.Text.Json;
using Geode.Topology;

namespace Geode.Cli.Traffic;

/// <summary>What a running router has counted since it started: requests by place.</summary>
internal static class RouterTraffic
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="router">Of its admin endpoint.</param>
    /// <exception cref="CliException">Nobody answers there, or not a router, or nothing was counted yet.</exception>
    public static IReadOnlyList<UserGroup> Read(Uri router)
    {
        var url = new Uri(router, "/_router/places");
        try
        {
            using var http = new HttpClient { Timeout = Patience };
            return Of(http.GetFromJsonAsync<JsonElement>(url).GetAwaiter().GetResult(), url);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException or NotSupportedException)
        {
            throw new CliException($"{url} cannot be read: {e.Message} It is the router's admin address that is asked, in a local planet one port above the router's.", e);
        }
    }

    /// <param name="answer">Of <c>GET /_router/places</c>: <c>[{ "place": "amsterdam", "origins": { "westeurope": 12 } }]</c>.</param>
    /// <param name="url">For errors.</param>
    public static IReadOnlyList<UserGroup> Of(JsonElement answer, Uri url)
    {
        if (answer.ValueKind is not JsonValueKind.Array)
            throw new CliException($"{url} answers with something else than a list of places: is it a router's admin address?");
        var users = new List<UserGroup>();
        foreach (var line in answer.EnumerateArray())
        {
            if (line.ValueKind is JsonValueKind.Object && line.TryGetProperty("place", out var name) && line.TryGetProperty("origins", out var origins)
                && name.ValueKind is JsonValueKind.String && origins.ValueKind is JsonValueKind.Object && Places.Find(name.GetString()!) is { } place)
                users.Add(new(place, origins.EnumerateObject().Sum(o => o.Value.ValueKind is JsonValueKind.Number && o.Value.TryGetDouble(out var requests) ? requests : 0)));
        }

        return Shares.Of(users) ?? throw new CliException($"{url} has counted no requests of places that are known yet.");
    }
}
