using System.Net;
using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Publications;

/// <summary>Removes versions that nobody can want any more, and what publishers that were killed have left.</summary>
internal sealed class PublicationPruning(
    PublicationBoard board, PublicationLimits limits, IEnumerable<PublicationFollower> followers, TimeProvider clock)
{
    // No publication takes so long, nor are clocks so far apart: nobody can be adding to it.
    private static readonly TimeSpan Abandoned = Publisher.Longest + TimeSpan.FromMinutes(50);

    private readonly Dictionary<string, long> _swept = [];

    /// <param name="name">The publication's.</param>
    /// <param name="published">Just now.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task PruneAsync(string name, PublicationVersion published, CancellationToken cancellation)
    {
        var view = await board.ReadAsync(name, cancellation);
        HashSet<PublicationVersion?> wanted = [view.Pin?.Version, .. followers.Where(follower => follower.Name == name).Select(follower => follower.Version)];
        foreach (var entry in view.Versions.Skip(Math.Max(1, limits.Kept)).Where(entry => !wanted.Contains(entry.Version)))
        {
            // Without what announces it a version is none, so that goes first.
            await DeleteAsync(VersionDocument.IdOf(entry.Version), name, cancellation);
            for (var index = 0; index < entry.Document.Parts; index++)
                await DeleteAsync(PartDocument.IdOf(entry.Version, index), PartDocument.PartitionOf(name), cancellation);
        }

        // Costs as much as reading all the bytes.
        if (_swept.TryGetValue(name, out var swept) && clock.GetElapsedTime(swept) < Abandoned)
            return;
        await SweepAsync(name, published, cancellation);
        _swept[name] = clock.GetTimestamp();
    }

    // Of a version above this one the announcement may be on its way, from the other side of a partition.
    private async Task SweepAsync(string name, PublicationVersion published, CancellationToken cancellation)
    {
        var partition = PartDocument.PartitionOf(name);
        var parts = await board.Container.ReadAllAsync<JsonElement>(
            new("SELECT c.id, c._ts FROM c"), new() { PartitionKey = new(partition) }, cancellation);
        // Read after the parts: what was announced meanwhile is not taken for abandoned.
        var announced = (await board.ReadAsync(name, cancellation)).Versions.Select(entry => entry.Version).ToHashSet();
        var before = (clock.GetUtcNow() - Abandoned).ToUnixTimeSeconds();
        foreach (var part in parts.Select(part => new Change(part)).Where(part => part.WrittenAt < before))
        {
            if (VersionOf(part.Id) is { } version && version < published && !announced.Contains(version))
                await DeleteAsync(part.Id, partition, cancellation);
        }
    }

    private static PublicationVersion? VersionOf(string id) =>
        id.Split(':') is ["part", { } text, _] && PublicationVersion.TryParse(text, out var version) ? version : null;

    private async Task DeleteAsync(string id, string partition, CancellationToken cancellation)
    {
        using var answer = await board.Container.DeleteItemStreamAsync(id, new(partition), cancellationToken: cancellation);
        if (answer.StatusCode is not HttpStatusCode.NotFound)
            answer.EnsureSuccessStatusCode();
    }
}
