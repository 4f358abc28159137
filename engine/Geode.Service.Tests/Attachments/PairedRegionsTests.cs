using System.Net;
using System.Net.Http.Json;
using Xunit.Abstractions;

namespace Geode.Service.Tests.Attachments;

/// <summary>Attachments on a planet of real processes: what its region has stored is read from the pair while the region is down.</summary>
public sealed class PairedRegionsTests(AttachmentProcesses processes, ITestOutputHelper output) : IClassFixture<AttachmentProcesses>
{
    private static readonly string[] Cities = ["amsterdam", "newyork", "singapore"];

    [Fact]
    public async Task What_is_in_the_pair_is_read_while_its_region_is_down_and_what_had_not_arrived_is_never_said_not_to_exist()
    {
        var planet = processes.Planet;
        var (arrived, cutOff) = (Random(5_000_000), Random(100_000));
        var first = await processes.UploadAsync("westeurope", arrived);
        await ReadableAsync(first, arrived);
        await InProcessPlanet.EventuallyAsync(() => Task.FromResult(processes.RegionsWith(arrived).Contains("northeurope")), "the pair has it");
        Assert.Equal(["westeurope", "northeurope"], processes.RegionsWith(arrived));

        await LinkAsync("westeurope", "northeurope", "down");
        var second = await processes.UploadAsync("westeurope", cutOff);
        await planet.KillAsync("westeurope");
        await ReadableAsync(first, arrived);
        foreach (var city in Cities)
        {
            using var client = planet.ClientIn(city);
            using var answer = await client.GetAsync(second);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        Assert.Equal(["westeurope"], processes.RegionsWith(cutOff));
        await LinkAsync("westeurope", "northeurope", "up");
        await planet.ReviveAsync("westeurope");
        await ReadableAsync(second, cutOff);
        await InProcessPlanet.EventuallyAsync(() => Task.FromResult(processes.RegionsWith(cutOff).Contains("northeurope")), "the pair has what had been cut off");
        Assert.Equal(["westeurope", "northeurope"], processes.RegionsWith(cutOff));
        Assert.Equal(["westeurope", "northeurope"], processes.RegionsWith(arrived));
    }

    [Fact]
    public async Task A_region_that_accepts_and_never_answers_is_read_around()
    {
        var bytes = Random(20_000);
        var address = await processes.UploadAsync("eastus", bytes);
        await InProcessPlanet.EventuallyAsync(() => Task.FromResult(processes.RegionsWith(bytes).Contains("westus")), "the pair has it");
        await processes.Planet.FreezeAsync("eastus");
        try
        {
            await ReadableAsync(address, bytes);
        }
        finally
        {
            await processes.Planet.ReviveAsync("eastus");
        }
    }

    private async Task ReadableAsync(Uri address, byte[] bytes)
    {
        foreach (var city in Cities)
        {
            using var client = processes.Planet.ClientIn(city);
            using var answer = await client.GetAsync(address);
            Assert.True(answer.IsSuccessStatusCode, $"{city}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
            output.WriteLine($"{city} had {address} from {answer.Headers.GetValues("X-Geode-Region").Single()}");
        }
    }

    private async Task LinkAsync(string from, string to, string state)
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsJsonAsync(new Uri(processes.Planet.Control, $"/planet/links/{from}/{to}"), new { state });
        answer.EnsureSuccessStatusCode();
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        System.Random.Shared.NextBytes(bytes);
        return bytes;
    }
}
