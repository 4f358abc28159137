namespace Geode.Service.Feeds;

/// <summary>What one processor does with the changes of one container. Changes are delivered at least once: a handler computes
/// its result anew from what is stored, and never adds to it. Its constructor may ask for its <see cref="FeedContext"/>.</summary>
public interface IFeedHandler
{
    /// <summary>Changes with the same key are handled in order and never at the same time. The document's id, unless said otherwise.</summary>
    /// <exception cref="FormatException">It has none: the change is put aside.</exception>
    string KeyOf(Change change) => change.Id;

    /// <summary>Handles the changes of one key. An exception means: try again; after five times the change is put aside. What the backplane
    /// throws is not counted: such changes come again.</summary>
    /// <exception cref="NotOwnerException">Another process does this work now.</exception>
    Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation);

    /// <summary>Called when this process becomes an owner, before the first change.</summary>
    Task AcquiredAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Called when this process is an owner no longer.</summary>
    void Released()
    {
    }
}
