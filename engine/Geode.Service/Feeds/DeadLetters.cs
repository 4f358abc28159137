using System.Text.Json;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>Puts aside what cannot be processed, with the reason, so that it does not hold up what comes after it.</summary>
internal sealed partial class DeadLetters(
    Database database, GeodeOptions options, Region region, TimeProvider clock, FeedStatus status, ILogger<DeadLetters> logger)
{
    public async Task PutAsync(Feed feed, Change change, Exception reason, int tries, CancellationToken cancellation)
    {
        var letter = new DeadLetter(
            $"{region.Name}:{change.Id}", feed.Name, feed.Container, region.Name, clock.GetUtcNow(), tries,
            reason.GetType().Name, reason.Message, change.Document, change.Traceparent);
        await database.GetContainer(options.DeadLetters).UpsertItemAsync(letter, new PartitionKey(feed.Name), cancellationToken: cancellation);
        status.PutAside();
        PutAside(logger, feed.Name, change.Id, tries, reason);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Processor {Processor} put document {Document} aside after {Tries} tries")]
    private static partial void PutAside(ILogger logger, string processor, string document, int tries, Exception reason);

    /// <param name="Processor">The partition.</param>
    /// <param name="Document">As it was in the feed.</param>
    private sealed record DeadLetter(
        string Id, string Processor, string Source, string Region, DateTimeOffset At, int Tries, string Error, string Reason,
        JsonElement Document, string? Traceparent);
}
