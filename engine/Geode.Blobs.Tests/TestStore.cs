using Azure.Storage;
using Azure.Storage.Blobs;
using Geode.Blobs.Protocol;
using Geode.Blobs.Replication;
using Geode.Blobs.Storage;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Geode.Blobs.Tests;

/// <summary>An account and its copy, over real sockets, and the unchanged client of Azure Storage.</summary>
public sealed class TestStore : IAsyncDisposable
{
    public const string Name = "westeurope";
    public const string CopyName = "westeurope-secondary";

    private readonly WebApplication _app;
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _stop = new();
    private readonly BlobServer _server = new(new SharedKey(PlanetEnvironment.StorageEmulatorKey, TimeProvider.System), NullLogger<BlobServer>.Instance);
    private readonly IBlobFiles _copyFiles;
    private readonly Dictionary<string, BlobServing> _served = [];
    private CopyReceiver _receiver = null!;
    private CopySender? _sender;
    private Task _sending = Task.CompletedTask;

    private TestStore(IBlobFiles? files, IBlobFiles? copyFiles)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        Account = new(Name, files ?? new MemoryFiles(), TimeProvider.System);
        _copyFiles = copyFiles ?? new MemoryFiles();
        _served[Name] = new(Account, Name, IsCopy: false);
        OpenCopy(_copyFiles);
        _app.Run(http => http.Request.Path == "/copy" ? CopyEndpoints.HandleAsync(http, _receiver)
            : _served.TryGetValue(BlobAddress.AccountOf(http.Request.Path).ToString(), out var serving) ? _server.HandleAsync(http, serving)
            : throw new InvalidOperationException($"Nobody serves {http.Request.Path}."));
    }

    public BlobAccount Account { get; }

    public BlobAccount Copy => _receiver.Account;

    public TestLink Link { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    public string ConnectionString =>
        $"BlobEndpoint={Address}{Name};BlobSecondaryEndpoint={Address}{CopyName};AccountName={Name};AccountKey={PlanetEnvironment.StorageEmulatorKey}";

    public static async Task<TestStore> StartAsync(IBlobFiles? files = null, IBlobFiles? copyFiles = null)
    {
        var store = new TestStore(files, copyFiles);
        await store._app.StartAsync();
        return store;
    }

    /// <summary>A client of the account that gives up at the first refusal.</summary>
    public BlobServiceClient Client(string? key = null) => new(
        key is null ? ConnectionString : ConnectionString.Replace(PlanetEnvironment.StorageEmulatorKey, key, StringComparison.Ordinal), Options());

    /// <summary>A client of the copy.</summary>
    public BlobServiceClient CopyClient() =>
        new(new Uri(Address, CopyName), new StorageSharedKeyCredential(Name, PlanetEnvironment.StorageEmulatorKey), Options());

    /// <summary>A container of that name, made.</summary>
    public async Task<BlobContainerClient> ContainerAsync(string name = "files")
    {
        var container = Client().GetBlobContainerClient(name);
        await container.CreateIfNotExistsAsync();
        return container;
    }

    /// <summary>Begins to copy.</summary>
    public void StartCopying()
    {
        _sender = new CopySender(Account, new Uri(Address, "copy"), _http, TimeProvider.System, NullLogger.Instance);
        _sending = _sender.RunAsync(_stop.Token);
    }

    /// <summary>The copy's process starts anew; empty: it has lost what it had.</summary>
    public void RestartCopy(bool isEmpty)
    {
        OpenCopy(isEmpty ? new MemoryFiles() : _copyFiles);
        _sender!.Resume();
    }

    /// <summary>Waits until the copy has all that the account has.</summary>
    public Task CopiedAsync() => Eventually.SoAsync(() => Copy.Position == Copy.Position with { History = Account.History, Sequence = Account.Last });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        await _app.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private void OpenCopy(IBlobFiles files)
    {
        _receiver = new(new BlobAccount(CopyName, files, TimeProvider.System), Link, TimeProvider.System);
        var copy = _receiver.Account;
        _served[CopyName] = new(copy, Name, IsCopy: true) { SyncedAt = _ => Task.FromResult(copy.Position.SyncedAt) };
    }

    private static BlobClientOptions Options() => new() { Retry = { MaxRetries = 0 } };
}

/// <summary>A link that does as it is told.</summary>
public sealed class TestLink : IBlobLink
{
    public bool IsUp { get; set; } = true;

    public TimeSpan Delay { get; set; }

    public TimeSpan Transit() => Delay;
}

public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits, within bounds, until it is so.</summary>
    public static async Task SoAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            Assert.False(patience.IsCancellationRequested, "It did not become so.");
            await Task.Delay(10);
        }
    }
}
