using Geode.Runtime.Health;
using Geode.Service.Backplane;

namespace Geode.Service.Publications;

/// <summary>Loads the versions of a publication that arrive, checks them and puts the newest good one in force: of those that may be, the highest
/// by fence and number, whatever the clocks say. What is refused is not tried again until the document that announces it changes.</summary>
internal sealed partial class PublicationReading<T>(
    string name, Published<T> published, IPublicationReader<T> reader, PublicationBoard board, FirstReady ready, TimeProvider clock,
    ILogger<PublicationReading<T>> logger) : PublicationFollower(name, board, ready, clock, logger)
    where T : class
{
    private const int LongestReason = 500;
    private const int MostReasons = 50;

    private readonly VersionLoader _loader = new(board);
    private readonly Dictionary<PublicationVersion, Verdict> _refused = [];
    private readonly Dictionary<PublicationVersion, string> _waiting = [];
    private HashSet<string> _torn = [];
    private DateTimeOffset? _since;
    private long _refusals;

    public override PublicationVersion? Version => published.Current?.Version;

    public override long Refusals => Interlocked.Read(ref _refusals);

    protected override async Task<PublicationState> LookAsync(PublicationBoardView view, CancellationToken cancellation)
    {
        Tell(view.Torn);
        foreach (var gone in _refused.Where(of => !view.Versions.Any(entry => entry.Version == of.Key && entry.ETag == of.Value.ETag)).ToList())
            _refused.Remove(gone.Key);
        _waiting.Clear();
        var pinned = view.Pin?.Version;
        var before = published.Current;
        var chosen = await ChooseAsync([.. view.Versions.Where(entry => pinned is null || entry.Version <= pinned)], pinned, before, cancellation);
        if (chosen is not null && !ReferenceEquals(chosen, before))
        {
            published.Take(chosen);
            _since = Clock.GetUtcNow();
            InForce(logger, Name, chosen.Version, before?.Version.ToString() ?? "none");
        }

        return StateOf(view, chosen);
    }

    private async Task<PublishedVersion<T>?> ChooseAsync(
        IReadOnlyList<VersionEntry> allowed, PublicationVersion? pinned, PublishedVersion<T>? current, CancellationToken cancellation)
    {
        // After a start there is nothing to compare the newest with: the oldest that is kept, then, so that what was refused before
        // the start is refused again.
        for (var i = allowed.Count - 1; i > 0 && current is null && allowed[0].Version != pinned; i--)
            current = await TryAsync(allowed[i], null, pinned, cancellation);
        foreach (var entry in allowed)
        {
            if (current is not null && entry.Version <= current.Version && (pinned is null || current.Version <= pinned))
                return current;
            if (await TryAsync(entry, current, pinned, cancellation) is { } good)
                return good;
        }

        return current;
    }

    // Null: it cannot be used, or not yet.
    private async Task<PublishedVersion<T>?> TryAsync(
        VersionEntry entry, PublishedVersion<T>? current, PublicationVersion? pinned, CancellationToken cancellation)
    {
        // A person who names a version, or goes back, knows why.
        var judge = entry.Version != pinned && !(entry.Version < current?.Version);
        if (_refused.TryGetValue(entry.Version, out var verdict) && (judge || !verdict.Judged))
            return null;
        try
        {
            var value = Read(await _loader.LoadAsync(Name, entry.Document, cancellation));
            if (judge && await JudgeAsync(value, entry.Version, current?.Value, cancellation) is { } reason)
                return Refuse(entry, reason, judged: true);
            _refused.Remove(entry.Version);
            return new(value, entry.Version, entry.Document.At, entry.Document.Region, entry.Document.About);
        }
        catch (VersionIncompleteException e)
        {
            _waiting[entry.Version] = e.Message;
            return null;
        }
        catch (InvalidDataException e)
        {
            return Refuse(entry, e.Message, judged: false);
        }
    }

    // A reader that fails in a way of its own has not read it either.
    private T Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return reader.Read(bytes) ?? throw new InvalidDataException("its reader made nothing of it");
        }
        catch (Exception e) when (e is not InvalidDataException)
        {
            throw new InvalidDataException($"its reader failed: {e.GetType().Name}: {e.Message}", e);
        }
    }

    private async Task<string?> JudgeAsync(T candidate, PublicationVersion version, T? current, CancellationToken cancellation)
    {
        try
        {
            return await reader.RefuseAsync(candidate, version, current, cancellation);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw new VersionIncompleteException($"it cannot be checked now: {e.Message}");
        }
        catch (Exception e)
        {
            throw new InvalidDataException($"its check failed: {e.GetType().Name}: {e.Message}", e);
        }
    }

    private PublishedVersion<T>? Refuse(VersionEntry entry, string reason, bool judged)
    {
        reason = Short(reason);
        _refused[entry.Version] = new(entry.ETag, reason, judged);
        Interlocked.Increment(ref _refusals);
        Refused(logger, Name, entry.Version.ToString(), reason);
        return null;
    }

    private void Tell(IReadOnlyList<RefusedVersion> torn)
    {
        foreach (var of in torn.Where(of => !_torn.Contains($"{of.Version} {of.Reason}")))
        {
            Interlocked.Increment(ref _refusals);
            Refused(logger, Name, of.Version, of.Reason);
        }

        _torn = [.. torn.Select(of => $"{of.Version} {of.Reason}")];
    }

    private PublicationState StateOf(PublicationBoardView view, PublishedVersion<T>? current) => new(
        Name, current?.Version.ToString(), current?.At, _since, current?.Region, current?.About, view.Versions.FirstOrDefault()?.Version.ToString(),
        view.Pin?.Version?.ToString(), Shown(_waiting, Short), Shown(_refused, verdict => verdict.Reason, view.Torn));

    // The latest first; nobody reads more, and anybody may have written thousands.
    private static IReadOnlyList<RefusedVersion> Shown<TWhy>(
        Dictionary<PublicationVersion, TWhy> versions, Func<TWhy, string> reason, params IEnumerable<RefusedVersion> others) =>
        [.. versions.OrderByDescending(of => of.Key).Select(of => new RefusedVersion(of.Key.ToString(), reason(of.Value))).Concat(others).Take(MostReasons)];

    private static string Short(string reason)
    {
        var line = reason.Split('\n')[0].TrimEnd();
        return line.Length <= LongestReason ? line : line[..LongestReason];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The publication {Name} is in force in version {Version}; before: {Before}")]
    private static partial void InForce(ILogger logger, string name, PublicationVersion version, string before);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The publication {Name} refuses {Version}: {Reason}")]
    private static partial void Refused(ILogger logger, string name, string version, string reason);

    private sealed record Verdict(string ETag, string Reason, bool Judged);
}
