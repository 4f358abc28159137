namespace Geode.Worker.Feeds;

/// <summary>What one processor does with the changes of one container. Changes are delivered at least once: a handler computes
/// its result anew from what is stored, and never adds to it.</summary>
public interface IFeedHandler
{
    /// <summary>The processor's name; part of its leases' prefix.</summary>
    string Name { get; }

    /// <summary>The container whose changes it follows.</summary>
    string Source { get; }

    FeedScope Scope { get; }

    /// <summary>Changes with the same key are handled in order and never at the same time.</summary>
    /// <exception cref="FormatException">It has none: the change is put aside.</exception>
    string KeyOf(Change change);

    /// <summary>Handles the changes of one key. An exception means: try again.</summary>
    Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation);

    /// <summary>Called when this process becomes an owner, before the first change.</summary>
    Task AcquiredAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Called when this process is an owner no longer.</summary>
    void Released()
    {
    }
}
