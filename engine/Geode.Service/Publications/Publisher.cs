using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Roles;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Publications;

/// <summary>Publishes versions of a publication to every geode.</summary>
public sealed partial class Publisher
{
    /// <summary>No publication takes longer.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private const int Attempts = 20;

    private readonly PublicationBoard _board;
    private readonly PublicationLimits _limits;
    private readonly PublicationPruning _pruning;
    private readonly TimeProvider _clock;
    private readonly ILogger<Publisher> _logger;
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<(string Name, long Fence), int> _last = [];

    internal Publisher(
        PublicationBoard board, PublicationLimits limits, IEnumerable<PublicationFollower> followers, TimeProvider clock, ILogger<Publisher> logger) =>
        (_board, _limits, _pruning, _clock, _logger) = (board, limits, new(board, limits, followers, clock), clock, logger);

    /// <summary>As the holder of a role: a later holder that is met makes the next term's fence higher than its own.</summary>
    /// <inheritdoc cref="PublishAsync(Publication, long, CancellationToken)"/>
    public async Task<PublicationVersion> PublishAsync(Publication publication, RoleTerm term, CancellationToken cancellation)
    {
        try
        {
            return await PublishAsync(publication, term.Fence, cancellation);
        }
        catch (LaterVersionException e)
        {
            term.Numbering.Saw(e.Fence);
            throw new NotOwnerException(e.Message);
        }
    }

    /// <summary>Writes it in parts that the backplane takes, and last of all what says that it is whole: into this region's replica, from where
    /// it goes to all others.</summary>
    /// <param name="publication">What is to be published.</param>
    /// <param name="fence">Of the role that does it; a version under an earlier fence never takes over from one under a later.</param>
    /// <param name="cancellation">When it comes before the last write, nothing is published.</param>
    /// <returns>Its version.</returns>
    /// <exception cref="ArgumentException">The name is none, there are too many bytes, or the fence is none that a role can have.</exception>
    /// <exception cref="LaterVersionException">There is a version under a later fence: this one would never be in force.</exception>
    /// <exception cref="CosmosException">The replica failed: it is not published; if that was the last write, it may be.</exception>
    public async Task<PublicationVersion> PublishAsync(Publication publication, long fence, CancellationToken cancellation)
    {
        Require(publication, fence);
        using var limit = new CancellationTokenSource(Longest, _clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        await _one.WaitAsync(end.Token);
        try
        {
            var view = await _board.ReadAsync(publication.Name, end.Token);
            if (view.Versions is [{ } highest, ..] && highest.Version.Fence > fence)
                throw new LaterVersionException(publication.Name, highest.Version, fence);
            var version = await WriteAsync(publication, fence, view, end.Token);
            Done(_logger, publication.Name, version, publication.Bytes.Length);
            await PruneAsync(publication.Name, version, end.Token);
            return version;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<PublicationVersion> WriteAsync(Publication publication, long fence, PublicationBoardView view, CancellationToken cancellation)
    {
        var key = (publication.Name, fence);
        var stored = view.Versions.Where(entry => entry.Version.Fence == fence).Select(entry => entry.Version.Number).DefaultIfEmpty().Max();
        for (var attempt = 1; ; attempt++)
        {
            // A number is used once, also when it came to nothing: a document that is half of one version and half of another there is not.
            var version = new PublicationVersion(fence, Math.Max(stored, _last.GetValueOrDefault(key)) + 1);
            _last[key] = version.Number;
            try
            {
                await WriteAsync(publication, version, cancellation);
                return version;
            }
            catch (CosmosException e) when (e.StatusCode is HttpStatusCode.Conflict && attempt < Attempts)
            {
                // Left by a process before this one, or by a write of ours whose answer was lost.
            }
        }
    }

    private async Task WriteAsync(Publication publication, PublicationVersion version, CancellationToken cancellation)
    {
        var (bytes, parts) = (publication.Bytes, 0);
        for (var at = 0; at < bytes.Length; at += PublicationLimits.PartBytes)
        {
            var part = bytes.Slice(at, Math.Min(PublicationLimits.PartBytes, bytes.Length - at)).ToArray();
            var partition = PartDocument.PartitionOf(publication.Name);
            await _board.Container.CreateItemAsync(
                new PartDocument(PartDocument.IdOf(version, parts), partition, PartDocument.PartKind, parts, Hash(part), part),
                new PartitionKey(partition), cancellationToken: cancellation);
            parts++;
        }

        cancellation.ThrowIfCancellationRequested();
        await _board.Container.CreateItemAsync(
            new VersionDocument(
                VersionDocument.IdOf(version), publication.Name, VersionDocument.VersionKind, version.Fence, version.Number, bytes.Length, parts, Hash(bytes.Span),
                _clock.GetUtcNow(), _board.Here.Name, publication.About is { ValueKind: not JsonValueKind.Undefined } about ? about : null),
            new PartitionKey(publication.Name), cancellationToken: cancellation);
    }

    // What is published is published, whether or not it comes to this; what is left over is found the next time.
    private async Task PruneAsync(string name, PublicationVersion version, CancellationToken cancellation)
    {
        try
        {
            await _pruning.PruneAsync(name, version, cancellation);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            NotPruned(_logger, name, e.Message.Split('\n')[0]);
        }
    }

    private void Require(Publication publication, long fence)
    {
        Publication.RequireName(publication.Name);
        if (publication.Bytes.Length > _limits.MostBytes)
            throw new ArgumentException($"'{publication.Name}' has {publication.Bytes.Length} bytes; at most {_limits.MostBytes} are allowed.", nameof(publication));
        if (publication.About is { ValueKind: not JsonValueKind.Undefined } about
            && JsonSerializer.SerializeToUtf8Bytes(about).Length is var length && length > PublicationLimits.MostAboutBytes)
        {
            throw new ArgumentException(
                $"What is said about '{publication.Name}' has {length} bytes; at most {PublicationLimits.MostAboutBytes} are allowed.", nameof(publication));
        }

        if (!new PublicationVersion(fence, 1).IsPossible(_clock.GetUtcNow()))
            throw new ArgumentException($"The fence {fence} is none that a role can have.", nameof(fence));
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [LoggerMessage(Level = LogLevel.Information, Message = "The publication {Name} is published in version {Version} of {Bytes} bytes")]
    private static partial void Done(ILogger logger, string name, PublicationVersion version, int bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Old versions of the publication {Name} stay for now: {Reason}")]
    private static partial void NotPruned(ILogger logger, string name, string reason);
}

/// <summary>Another publisher, under a later fence, has published already.</summary>
/// <param name="name">The publication.</param>
/// <param name="version">The highest that was seen.</param>
/// <param name="fence">The one that is too low.</param>
public sealed class LaterVersionException(string name, PublicationVersion version, long fence)
    : Exception($"'{name}' is published in version {version}; a version under fence {fence} would never be in force.")
{
    /// <summary>The later one.</summary>
    public long Fence { get; } = version.Fence;
}
