using Geode.Topology;

namespace Geode.Backplane.Accounts;

/// <summary>The account as one endpoint shows it: its name, and where it can be read and written.</summary>
/// <param name="Id">The account's; at a region's own endpoint <c>{account}-{region}</c>, as in Azure.</param>
public sealed record AccountLists(string Id, IReadOnlyList<AccountLocation> Writable, IReadOnlyList<AccountLocation> Readable)
{
    /// <param name="port">Where the request came in.</param>
    /// <param name="host">As the client calls it.</param>
    public static AccountLists Of(RegionNode node, int port, string host)
    {
        var (planet, self) = (node.Planet, node.Region);
        var isRegional = node.AccountPort != 0 && port != node.AccountPort;
        var order = node.Writes?.Order.Priorities.Select(planet.Region) ?? planet.OrderFrom(self);
        var readable = order.Where(r => r.Name == self.Name ? !node.IsGone : node.Regions.IsListed(r)).Select(Location).ToArray();
        return new(isRegional ? $"{planet.Name}-{self.Name}" : planet.Name, WritableOf(node, readable), readable);

        // A client that was given a region's own endpoint stays there, and knows it again by its address alone.
        AccountLocation Location(Region region) => new(region.DisplayName, (region.Name == self.Name && isRegional && host is "127.0.0.1" or "localhost"
            ? new UriBuilder(RegionHosts.Shared.Endpoint(planet, region)) { Host = host }.Uri
            : node.Hosts.Endpoint(planet, region)).ToString());
    }

    private static IReadOnlyList<AccountLocation> WritableOf(RegionNode node, IReadOnlyList<AccountLocation> readable)
    {
        if (node.Writes is not { } writes)
            return readable;
        var names = writes.Listed(node.Planet.Backplane).Select(name => node.Planet.Region(name).DisplayName);
        return [.. names.Select(name => readable.FirstOrDefault(r => r.Name == name)).OfType<AccountLocation>()];
    }
}

/// <param name="Name">As Azure displays it: <c>West Europe</c>.</param>
public sealed record AccountLocation(
    [property: System.Text.Json.Serialization.JsonPropertyName("name")] string Name,
    [property: System.Text.Json.Serialization.JsonPropertyName("databaseAccountEndpoint")] string Endpoint);
