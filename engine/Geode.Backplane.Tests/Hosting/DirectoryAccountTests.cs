using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Backplane.Hosting;
using Geode.Backplane.Tests.Regions;
using Geode.Backplane.Tests.Sdk;
using Geode.Runtime.Hosting;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Geode.Backplane.Tests.Hosting;

/// <summary>The directory of tenants in the processes of the replicas, by the unchanged client.</summary>
public sealed class DirectoryAccountTests(SharedStampedPlanet shared) : IClassFixture<SharedStampedPlanet>
{
    private readonly StampedPlanet _planet = shared.Planet;

    public sealed record Entry(string Id, string Stamp, string? Residency = null);

    [Fact]
    public async Task What_any_region_writes_is_taken_by_one_and_read_in_all()
    {
        foreach (var region in _planet.Planet.RegionNames)
        {
            // In a stamp that does not give that residency a charter like this could not be.
            var entry = new Entry($"by-{region}", "eu", "EU");
            await _planet.Directory(region).CreateItemAsync(entry, new(entry.Id));
            foreach (var other in _planet.Planet.RegionNames)
            {
                var there = _planet.DirectoryIn(other);
                await RunningBackplane.EventuallyAsync(async () =>
                {
                    using var read = await there.ReadItemStreamAsync(entry.Id, new(entry.Id));
                    return read.IsSuccessStatusCode;
                }, $"{entry.Id} in {other}");
                Assert.Equal(entry, (await there.ReadItemAsync<Entry>(entry.Id, new(entry.Id))).Resource);
            }
        }

        // The first region took all of them; the others are asked in vain.
        var refused = await _planet.DirectoryIn(StampedPlanet.America).CreateItemAsync(new Entry("x", "eu"), new("x")).FailsAsync(HttpStatusCode.Forbidden);
        Assert.Equal(3, refused.SubStatusCode);
    }

    [Fact]
    public async Task Of_two_who_give_a_tenant_to_their_stamps_at_once_one_hears_that_it_is_taken()
    {
        var (first, second) = (_planet.Directory(StampedPlanet.Ireland), _planet.Directory(StampedPlanet.America));
        for (var round = 0; round < 10; round++)
        {
            var id = $"race-{round}";
            var answers = await Task.WhenAll(StatusOf(first, id, "eu"), StatusOf(second, id, "world"));
            Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], answers.Order());
        }

        async Task<HttpStatusCode> StatusOf(Container directory, string id, string stamp)
        {
            try
            {
                return (await directory.CreateItemAsync(new Entry(id, stamp), new(id))).StatusCode;
            }
            catch (CosmosException e)
            {
                return e.StatusCode;
            }
        }
    }

    [Fact]
    public async Task A_replica_is_healthy_when_that_of_the_directory_is()
    {
        var node = _planet.Host(StampedPlanet.America).Directory!.Regions.Single().Node;
        node.IsReady = false;
        using var copying = await _planet.HealthAsync(StampedPlanet.America);
        node.IsReady = true;
        using var healthy = await _planet.HealthAsync(StampedPlanet.America);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (copying.StatusCode, healthy.StatusCode));
        Assert.Equal("copying the directory", (await copying.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task It_is_kept_in_the_folder_of_its_region_and_ends_with_the_process()
    {
        await using var planet = await StampedPlanet.StartAsync();
        await planet.Directory(StampedPlanet.America).CreateItemAsync(new Entry("acme", "eu"), new("acme"));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(planet.Data, StampedPlanet.Europe, "directory"), "*.log"));

        await planet.StopAsync(StampedPlanet.Europe);
        foreach (var index in (int[])[0, PlanetStamps.FirstOfDirectory])
            Assert.True(Geode.Control.Ports.FreePorts.IsFree(planet.Planet.Ports.Base + 20 + 10 * index + 3), $"somebody listens at the region {index}");
        await planet.StartAsync(StampedPlanet.Europe);
        Assert.Equal("eu", (await planet.DirectoryIn(StampedPlanet.Europe).ReadItemAsync<Entry>("acme", new("acme"))).Resource.Stamp);
        // No fail-over happened meanwhile.
        await planet.DirectoryIn(StampedPlanet.Europe).CreateItemAsync(new Entry("later", "eu"), new("later"));
    }

    [Fact]
    public async Task A_region_without_a_directory_has_one_account()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope"]);
        Assert.Null(backplane.Host.Directory);
        Assert.Equal("healthy", (await backplane.AdminAsync(HttpMethod.Get, backplane.Planet.Regions[0], "health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task When_it_ends_by_itself_so_does_the_process()
    {
        await using var planet = await StampedPlanet.StartAsync();
        var services = planet.App(StampedPlanet.America).Services;
        services.GetRequiredService<DirectoryAccount>().Lifetime.StopApplication();
        Assert.True(services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Theory]
    [InlineData("Geode:Directory", "{}", "regions")]
    [InlineData("Geode:Directory", """{"regions": ["japaneast"]}""", "there is no region 'eastus', which is served here; allowed are japaneast.")]
    [InlineData("Geode:WholePlanet", """{"regions": [""", "")]
    [InlineData("Geode:WholePlanet", """{"regions": ["japaneast"], "stamps": [{"name": "far", "regions": ["japaneast"]}]}""", "region 'eastus' is in no stamp; allowed are japaneast.")]
    public void What_is_wrong_with_it_is_said_by_its_name(string setting, string json, string why)
    {
        string[] inMemory = [.. _planet.Arguments(StampedPlanet.America).Where(a => !a.StartsWith("--Geode:Backplane:Data=", StringComparison.Ordinal))];
        var wrong = Assert.Throws<PlanetException>(() => BackplaneApp.Build([.. inMemory, $"--{setting}={json}"]));
        Assert.StartsWith(setting, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_of_its_that_somebody_has_ends_the_start()
    {
        var planet = Geode.Control.Ports.FreePorts.Move(FreePlanets.On(0, "westeurope") with { Stamps = [new("one", ["westeurope"])], Tenants = new() });
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, planet.Ports.BackplaneAccount(planet.Regions[0].InDirectory()));
        other.Start();
        Assert.Equal(GeodeHost.BadConfiguration, await RunAsync([.. PlanetEnvironment.ForBackplane(planet, planet.Regions[0], null)
            .Select(s => $"--{s.Key.Replace("__", ":", StringComparison.Ordinal)}={s.Value}")]));
    }

    private static Task<int> RunAsync(string[] arguments) => GeodeHost.RunAsync(() => BackplaneApp.Build(arguments).RunAsync());
}
