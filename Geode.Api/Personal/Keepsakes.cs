using Geode.Api.Documents;
using Geode.Service.Backplane;
using Geode.Service.Identity;
using Geode.Service.Sessions;

namespace Geode.Api.Personal;

/// <summary>What is kept of the visitor of this request, seen as far as the visitor has seen it, wherever that was.</summary>
internal sealed class Keepsakes(SessionContainers containers, Wishes wishes, Recorder recorder, TimeProvider clock)
{
    private const int AtOnce = 16;

    public async Task<PersonalView> ViewAsync(Visitor visitor, CancellationToken cancellation)
    {
        var settings = SettingsAsync(visitor, cancellation);
        var kept = await KeptAsync(visitor, cancellation);
        var wishes = await settings;
        // Written elsewhere at that moment, and on its way out.
        kept.RemoveAll(deed => string.CompareOrdinal(deed.At, wishes.ForgottenAt) <= 0);
        return new(!wishes.Off, kept.Count, kept.Select(deed => deed.At).Min(StringComparer.Ordinal));
    }

    /// <summary>From now on the visitor's wishes are these.</summary>
    public async Task ChangeAsync(Visitor visitor, Func<PersonalSettings, PersonalSettings> change, CancellationToken cancellation)
    {
        var changed = change(await SettingsAsync(visitor, cancellation));
        await containers.Interests.UpsertAsync(changed, visitor.Id, cancellation);
        wishes.Heard(changed);
    }

    /// <summary>Nothing that was done until now is kept or counts, here or in any other region; deletions get there as all writes do. What
    /// arrives late is older than what is remembered here: the moment of it.</summary>
    public async Task ForgetAsync(Visitor visitor, CancellationToken cancellation)
    {
        recorder.Forget(visitor.Id);
        var kept = await KeptAsync(visitor, cancellation);
        // A region's clock may be ahead of this one's.
        var moment = kept.Select(deed => deed.At).Append(Instant.Now(clock)).Max(StringComparer.Ordinal);
        await ChangeAsync(visitor, settings => settings with { ForgottenAt = Later(settings.ForgottenAt, moment!) }, cancellation);
        // Read once more: a deed under way may have been written in between.
        var left = await KeptAsync(visitor, cancellation);
        await Parallel.ForEachAsync(
            left.Where(deed => string.CompareOrdinal(deed.At, moment) <= 0),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (deed, token) => await containers.Interests.DeleteAsync(deed.Id, visitor.Id, token));
    }

    private static string Later(string? one, string other) => string.CompareOrdinal(one, other) > 0 ? one! : other;

    private async Task<PersonalSettings> SettingsAsync(Visitor visitor, CancellationToken cancellation) =>
        (await containers.Interests.ReadAsync<PersonalSettings>(PersonalSettings.DocumentId, visitor.Id, cancellation))?.Value ?? new() { Visitor = visitor.Id };

    private Task<List<Kept>> KeptAsync(Visitor visitor, CancellationToken cancellation) =>
        containers.Interests.InPartitionAsync<Kept>(new($"SELECT c.id, c.at FROM c WHERE c.id != '{PersonalSettings.DocumentId}'"), visitor.Id, cancellation);

    /// <param name="At">Null: it has none, and is deleted with the others.</param>
    private sealed record Kept(string Id, string? At);
}
