using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Tests.Stamps;

/// <summary>A tenant that has to stay in the European Union, on a planet that goes round the world.</summary>
[Collection(StampedProcessesCollection.Name)]
public sealed class ResidencyTests(StampedProcesses stamps)
{
    [Fact]
    public async Task No_byte_of_it_is_outside_in_no_file_of_any_replica_and_in_no_log()
    {
        const string Tenant = "resident";
        var secret = $"Zugvogel{Guid.NewGuid():N}";
        await stamps.OrderAsync(Tenant, "eu", "EU");
        foreach (var city in (string[])["amsterdam", "newyork", "singapore"])
        {
            using var people = stamps.PeopleOf(Tenant, city);
            for (var note = 0; note < 10; note++)
            {
                using var written = await people.PutAsJsonAsync($"/api/notes/{city}-{note}", new { text = secret });
                Assert.Equal((HttpStatusCode.OK, "eu"), (written.StatusCode, written.Headers.GetValues("X-Geode-Stamp").Single()));
            }
        }

        await InProcessPlanet.EventuallyAsync(async () => (await stamps.TenantAsync(Tenant)).Where == "westeurope 30, northeurope 30, eastus 0, southeastasia 0", "all notes in both regions of the stamp");
        Assert.Equal([true, true, false, false], stamps.Planet.Planet.RegionNames.Select(region => IsIn(secret, Path.Combine(stamps.DataFolder, "backplane", region))));
        Assert.False(IsIn(secret, Path.Combine(stamps.DataFolder, "logs")));
    }

    [Fact]
    public async Task Who_writes_past_every_geode_is_refused_by_the_replica()
    {
        const string Tenant = "smuggled";
        await stamps.OrderAsync(Tenant, "eu", "EU");
        foreach (var region in (string[])["eastus", "southeastasia"])
        {
            using var replica = stamps.Replica(region);
            var database = replica.GetDatabase(stamps.Planet.Planet.Backplane.Database);
            var refused = await Assert.ThrowsAsync<CosmosException>(() => database.GetContainer("notes").CreateItemAsync(new { id = "a", tenant = Tenant }, new PartitionKey(Tenant)));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            var charter = await Assert.ThrowsAsync<CosmosException>(() => database.GetContainer("tenants").CreateItemAsync(new { id = Tenant, residency = "EU" }, new PartitionKey(Tenant)));
            Assert.Equal(HttpStatusCode.Forbidden, charter.StatusCode);
        }
    }

    [Fact]
    public async Task A_geode_knows_the_regions_of_its_stamp_alone()
    {
        using var client = new HttpClient();
        foreach (var stamp in stamps.Planet.Planet.Stamps)
        {
            foreach (var region in stamp.Regions)
            {
                var seen = await client.GetFromJsonAsync<JsonElement>(new Uri(stamps.Planet.Geode(region), "/api/planet"));
                Assert.Equal(stamp.Regions, seen.GetProperty("regions").EnumerateArray().Select(of => of.GetProperty("name").GetString()!));
            }
        }
    }

    private static bool IsIn(string text, string folder)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return files.Any(file => Read(file).AsSpan().IndexOf(bytes) >= 0);
    }

    // They are being written.
    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }
}

[CollectionDefinition(Name)]
public sealed class StampedProcessesCollection : ICollectionFixture<StampedProcesses>
{
    public const string Name = "processes of a planet with stamps";
}
