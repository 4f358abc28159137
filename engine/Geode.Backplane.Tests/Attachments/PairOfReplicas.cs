using System.Net.Http.Json;
using Azure.Storage;
using Azure.Storage.Blobs;
using Geode.Backplane.Hosting;
using Geode.Backplane.Tests.Regions;
using Geode.Control.Ports;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;

namespace Geode.Backplane.Tests.Attachments;

/// <summary>The replicas of two regions that are each other's pair, each started as its process is.</summary>
public sealed class PairOfReplicas : IAsyncDisposable
{
    public const string One = "westeurope";
    public const string Other = "northeurope";

    private readonly TemporaryFolder _data = new();
    private readonly Dictionary<string, WebApplication> _running = [];
    private readonly HttpClient _http = new();

    public Planet Planet { get; } = FreePorts.Move(FreePlanets.On(0, One, Other) with { Attachments = new(), Links = [new(One, Other, 1)] });

    /// <summary>Where a region keeps its attachments and the copies of others'.</summary>
    public string FolderOf(string region) => _data.At(region, "attachments");

    public static async Task<PairOfReplicas> StartAsync()
    {
        var pair = new PairOfReplicas();
        await Task.WhenAll(pair.StartAsync(One), pair.StartAsync(Other));
        return pair;
    }

    public async Task StartAsync(string region)
    {
        var app = BackplaneApp.Build(
        [
            .. PlanetEnvironment.ForBackplane(Planet, Planet.Region(region), _data.Path).Select(s => $"--{s.Key.Replace("__", ":", StringComparison.Ordinal)}={s.Value}"),
            "--Logging:LogLevel:Default=Error",
        ]);
        lock (_running)
            _running[region] = app;
        await app.StartAsync();
    }

    public async Task StopAsync(string region)
    {
        _running.Remove(region, out var app);
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    public async Task LinkAsync(string from, string to, string state)
    {
        using var answer = await _http.PutAsJsonAsync($"{Account(to)}/_backplane/links/{from}/{to}", new { state });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The account of the one region.</summary>
    public BlobServiceClient Primary => Client($"{Account(One)}/{One}");

    /// <summary>The copy of it in the other.</summary>
    public BlobServiceClient Secondary => Client($"{Account(Other)}/{One}-secondary");

    public string Account(string region) => PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(Planet.Region(region)));

    /// <summary>Waits until the copy has a blob.</summary>
    public Task CopiedAsync(string name) => RunningBackplane.EventuallyAsync(
        async () => await Secondary.GetBlobContainerClient("files").GetBlobClient(name).ExistsAsync(), $"{name} is in the copy");

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _running.Values)
            await app.DisposeAsync();
        _http.Dispose();
        _data.Dispose();
    }

    private static BlobServiceClient Client(string address) =>
        new(new Uri(address), new StorageSharedKeyCredential(One, PlanetEnvironment.StorageEmulatorKey), new BlobClientOptions { Retry = { MaxRetries = 0 } });
}
