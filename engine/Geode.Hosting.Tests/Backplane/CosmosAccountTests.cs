using Geode.Backplane.Hosting;
using Geode.Hosting.Backplane;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Cosmos;

namespace Geode.Hosting.Tests.Backplane;

/// <summary>Against a replica of our own, which checks signatures as Azure does, read again by the real SDK.</summary>
public sealed class CosmosAccountTests : IAsyncLifetime
{
    private readonly Planet _planet = FreePlanets.OnFreePorts("westeurope");
    private WebApplication _replica = null!;

    private Uri Address => new(PlanetPorts.Loopback(_planet.Ports.BackplaneAccount(_planet.Regions[0])));

    public async Task InitializeAsync()
    {
        _replica = BackplaneApp.Build([$"--Geode:Planet={PlanetJson.Write(_planet)}", "--all", "--Logging:LogLevel:Default=Warning"]);
        await _replica.StartAsync();
    }

    public async Task DisposeAsync() => await _replica.DisposeAsync();

    [Fact]
    public async Task Makes_what_the_list_says_and_can_be_asked_again()
    {
        IReadOnlyList<ContainerDefinition> containers =
        [
            new("plain", ["/id"], DefaultTtlSeconds: -1),
            new("nested", ["/tenant", "/user"], UniqueKeys: [["/name"]]),
            new("merged", ["/id"], Conflicts: new("Custom")),
            new("fenced", ["/id"], Conflicts: new("LastWriterWins", "/fence")),
        ];
        using var account = new CosmosAccount(Address, PlanetEnvironment.EmulatorKey);

        await account.CreateAsync("shop", containers, CancellationToken.None);
        await account.CreateAsync("shop", containers, CancellationToken.None);

        using var client = new CosmosClient(Address.ToString(), PlanetEnvironment.EmulatorKey, new() { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true });
        var made = new Dictionary<string, ContainerProperties>();
        foreach (var container in containers)
            made[container.Name] = await client.GetContainer("shop", container.Name).ReadContainerAsync();
        Assert.Equal(-1, made["plain"].DefaultTimeToLive);
        Assert.Equal(["/tenant", "/user"], made["nested"].PartitionKeyPaths);
        Assert.Equal(["/name"], Assert.Single(made["nested"].UniqueKeyPolicy.UniqueKeys).Paths);
        Assert.Equal(ConflictResolutionMode.Custom, made["merged"].ConflictResolutionPolicy.Mode);
        Assert.Equal("/fence", made["fenced"].ConflictResolutionPolicy.ResolutionPath);
    }

    [Fact]
    public async Task Says_why_it_was_refused()
    {
        using var account = new CosmosAccount(Address, Convert.ToBase64String(new byte[64]));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => account.CreateAsync("shop", [], CancellationToken.None));

        Assert.Contains("POST dbs: 401", refused.Message);
    }
}
