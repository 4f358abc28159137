using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Topology;

namespace Geode.Backplane.Accounts;

/// <summary>What a replica tells the others about the account.</summary>
/// <param name="IsListed">False: its region has left the account's lists.</param>
/// <param name="Order">Null where every region takes writes.</param>
public sealed record RegionNews(bool IsListed, WriteOrder? Order)
{
    public const string Path = "/_backplane/news";

    public static RegionNews Of(RegionNode node) => new(!node.IsGone, node.Writes?.Order);

    /// <summary>Asks a replica in another process; null: it does not answer.</summary>
    public static async Task<RegionNews?> FromAsync(Planet planet, Region region, HttpClient http, CancellationToken cancellation)
    {
        try
        {
            var endpoint = new Uri(PlanetPorts.Loopback(planet.Ports.BackplaneAccount(region)) + Path);
            return await http.GetFromJsonAsync<RegionNews>(endpoint, cancellation);
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            // A replica of a version that has no news to tell is there all the same.
            return new RegionNews(IsListed: true, Order: null);
        }
        catch (Exception e) when (ConnectionFailure.Is(e) || e is JsonException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
