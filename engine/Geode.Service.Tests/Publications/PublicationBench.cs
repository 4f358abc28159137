using System.Text;
using System.Text.Json;
using Geode.Runtime.Health;
using Geode.Service.Publications;
using Geode.Topology;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Geode.Service.Tests.Publications;

/// <summary>What a process of a region has of a publication, on that region's real replica. It looks when it is told to.</summary>
internal sealed class PublicationBench : IDisposable, ILogger<PublicationReading<Words>>
{
    public PublicationBench(ShoppingPlanet planet, string name, Region region, TimeProvider? clock = null, PublicationLimits? limits = null)
    {
        (Name, Region) = (name, region);
        var time = clock ?? TimeProvider.System;
        var options = limits ?? new();
        Board = new(planet.Clients(region), new(), options, region, time);
        Reading = new(name, Published, Reader, Board, new FirstReady(time), time, this);
        Publisher = new(Board, options, [Reading], time, NullLogger<Publisher>.Instance);
        Orders = new(Board, time, TimeSpan.FromMinutes(5));
    }

    public string Name { get; }

    public Region Region { get; }

    public PublicationBoard Board { get; }

    public Published<Words> Published { get; } = new();

    public WordsReader Reader { get; } = new();

    public PublicationReading<Words> Reading { get; }

    public Publisher Publisher { get; }

    public PublicationOrders Orders { get; }

    /// <summary>What was logged by who follows.</summary>
    public List<string> Log { get; } = [];

    /// <summary>In force.</summary>
    public string? Text => Published.Current?.Value.Text;

    /// <summary>Publications that no other test has.</summary>
    public static string NewName() => $"test-{Guid.NewGuid():N}";

    public Task<PublicationVersion> PublishAsync(string text, long fence) => Publisher.PublishAsync(new(Name, Encoding.UTF8.GetBytes(text)), fence, default);

    public Task<PublicationState> LookAsync() => Reading.LookAsync(default);

    /// <summary>Looks until what is in force says so.</summary>
    public Task UntilAsync(string text) => UntilAsync(_ => Text == text, $"'{text}' in force in {Region}");

    /// <summary>Looks until it is so.</summary>
    public Task UntilAsync(Func<PublicationState, bool> isSo, string what) => ShoppingPlanet.EventuallyAsync(async () => isSo(await LookAsync()), what);

    /// <summary>Writes any document into the replica of this region.</summary>
    public Task PutAsync(object document, string? partition = null) =>
        Board.Container.UpsertItemAsync(document, new PartitionKey(partition ?? Name));

    /// <summary>A version's announcement as the publisher would write it, for bytes that are in no part.</summary>
    public VersionDocument Announcement(long fence, int number, long length, int parts, string? hash = null) => new(
        VersionDocument.IdOf(new(fence, number)), Name, VersionDocument.VersionKind, fence, number, length, parts, hash ?? new string('0', 64), DateTimeOffset.UtcNow,
        Region.Name, null);

    /// <summary>Ids of the documents in this region.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(string? partition = null)
    {
        var found = new List<string>();
        using var pages = Board.Container.GetItemQueryIterator<JsonElement>(
            "SELECT c.id FROM c ORDER BY c.id", requestOptions: new() { PartitionKey = new(partition ?? Name) });
        while (pages.HasMoreResults)
            found.AddRange((await pages.ReadNextAsync()).Select(document => document.GetProperty("id").GetString()!));
        return found;
    }

    public Task<IReadOnlyList<string>> PartIdsAsync() => IdsAsync(PartDocument.PartitionOf(Name));

    public void Dispose() => Reading.Dispose();

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Add($"{logLevel}: {formatter(state, exception)}");

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;
}
