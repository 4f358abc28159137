using System.Runtime.CompilerServices;
using Geode.Service.Feeds;

namespace Geode.Service.Mesh;

/// <summary>One listener's view of the feeds: from its cursor, if it has one, without gap and without repeat.</summary>
internal sealed class MeshStream<TChange>(MeshFeed feed, IMeshView<TChange> view)
    where TChange : class
{
    /// <summary>An update per page of changes; one of the first has no changes but the place to resume from.</summary>
    public async IAsyncEnumerable<MeshUpdate<TChange>> FollowAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sources = await feed.SourcesAsync(cancellation);
        // Listening starts before catching up: what happens meanwhile is seen both ways, and told once.
        using var listener = feed.Listen(sources);
        var teller = new MeshTeller<TChange>(listener.Places, view);

        var reset = false;
        if (!string.IsNullOrEmpty(cursor))
        {
            var resumed = teller.Resume(cursor);
            await foreach (var update in resumed ? CatchUpAsync(sources, teller, cancellation) : Nothing())
            {
                if (update is null)
                    resumed = false;
                else
                    yield return update;
            }

            reset = !resumed;
            if (reset)
                teller = new(listener.Places, view);
        }

        yield return teller.Here(reset);
        await foreach (var (source, page) in listener.Pages.ReadAllAsync(cancellation))
        {
            if (teller.Tell(source, page) is { } update)
                yield return update;
        }
    }

    // Ends with null when a place turns out to be none.
    private static async IAsyncEnumerable<MeshUpdate<TChange>?> CatchUpAsync(
        IReadOnlyList<MeshSource> sources, MeshTeller<TChange> teller, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var source = 0; source < sources.Count; source++)
        {
            await using var pages = FeedReader.CatchUpAsync(sources[source].Container, teller.PlaceOf(source), cancellation)
                .GetAsyncEnumerator(cancellation);
            while (true)
            {
                bool more;
                try
                {
                    more = await pages.MoveNextAsync();
                }
                catch (FormatException)
                {
                    more = false;
                    source = sources.Count;
                }

                if (!more)
                    break;
                if (teller.Tell(source, pages.Current) is { } update)
                    yield return update;
            }

            if (source == sources.Count)
                yield return null;
        }
    }

    private static async IAsyncEnumerable<MeshUpdate<TChange>?> Nothing()
    {
        await Task.CompletedTask;
        yield break;
    }
}
