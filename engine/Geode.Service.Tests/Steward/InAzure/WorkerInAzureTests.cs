using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Testing;

namespace Geode.Service.Tests.Steward.InAzure;

/// <summary>The sample's Worker, as a process, does in Azure what a plan says: with Azure's own client, by its own identity.</summary>
public sealed class WorkerInAzureTests
{
    private static JsonObject ScaleOf(AzureForProcesses cloud) => (JsonObject)cloud.Azure.AppProperties["template"]!["scale"]!;

    [LinuxFact]
    public async Task A_floor_is_set_once_whoever_is_killed_and_throttling_is_waited_out()
    {
        await using var cloud = await AzureForProcesses.StartAsync();
        ScaleOf(cloud).Remove("minReplicas");
        var throttled = 0;
        cloud.Azure.Fault = request => request.Method == "PATCH" && Interlocked.Increment(ref throttled) == 1 ? (429, "TooManyRequests", "Slow down.", "1") : null;
        await using var planet = await TestPlanet.StartLocalAsync(new()
        {
            Regions = ["eastus"],
            Configuration = new Dictionary<string, string> { ["Geode:Steward:Mode"] = "act" },
            Environment = cloud.Environment,
        });

        await InProcessPlanet.EventuallyAsync(() => Task.FromResult(cloud.Azure.Least == 1), () => $"Asked of Azure: {string.Join(", ", cloud.Azure.Asked)}");
        Assert.Equal(2, throttled);
        // Azure has done it; what the Worker says of itself follows.
        string? said = null;
        using var http = new HttpClient();
        await InProcessPlanet.EventuallyAsync(
            async () =>
            {
                var own = (await http.GetFromJsonAsync<JsonElement>(new Uri(planet.Control, "/planet/steward"))).GetProperty("regions").EnumerateArray().Single();
                said = own.GetRawText();
                return !own.TryGetProperty("failed", out _) && own.TryGetProperty("done", out var done) && done.TryGetProperty("instances", out var floor) && floor.GetInt32() == 1;
            },
            () => $"{said}");
        Assert.Equal(["https://management.azure.com/"], cloud.Identities.Distinct());

        await planet.KillProcessAsync("worker-eastus");
        var before = cloud.Azure.Asked.Count;
        await planet.ReviveProcessAsync("worker-eastus");
        await InProcessPlanet.EventuallyAsync(() => Task.FromResult(cloud.Azure.Asked.Skip(before).Contains("GET app")), () => "The Worker that came back has not looked.");
        Assert.Equal(1, cloud.Azure.Least);
        Assert.DoesNotContain("PATCH app", cloud.Azure.Asked.Skip(before));
    }

    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only on Linux is a process told by its environment which certificates to trust.";
    }
}
