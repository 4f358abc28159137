using Geode.Service.Feeds;
namespace Geode.Service.Mesh;

/// <summary>Remembers what one listener was told, and tells it only what it was not.</summary>
internal sealed class MeshTeller<TChange>(IReadOnlyList<string> places, IMeshView<TChange> view)
    where TChange : class
{
    private readonly string[] _places = [.. places];
    private readonly long[] _told = new long[places.Count];
    private RecentChanges _recent = new();

    public string PlaceOf(int source) => _places[source];

    /// <summary>Takes up a listener where another geode left off; false when its cursor is of no use here.</summary>
    public bool Resume(string cursor)
    {
        if (MeshCursor.Parse(cursor, _places.Length) is not { } known)
            return false;
        try
        {
            _recent = RecentChanges.FromBytes(known.Recent);
        }
        catch (FormatException)
        {
            return false;
        }

        known.Places.ToArray().CopyTo(_places, 0);
        return true;
    }

    /// <summary>The news of a page; null when there is none.</summary>
    public MeshUpdate<TChange>? Tell(int source, FeedPage page)
    {
        var news = page.Changes.Where(change => change.Lsn > _told[source] && _recent.Add(change)).ToList();
        _told[source] = page.Changes.Select(change => change.Lsn).Append(_told[source]).Max();
        _places[source] = page.Continuation;
        var changes = news.Select(view.Of).OfType<TChange>().ToList();
        if (changes.Count == 0)
            return null;
        MeshTrace.Pushed(news);
        return new(changes, Cursor());
    }

    /// <summary>Nothing new, but where this is.</summary>
    public MeshUpdate<TChange> Here(bool reset) => new([], Cursor(), reset);

    private string Cursor() => new MeshCursor([.. _places], _recent.ToBytes()).ToString();
}
