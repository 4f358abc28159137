using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Storage.Indexes.FullText;

namespace Geode.Backplane.Storage;

/// <content>Full-text indexes over the live items.</content>
public sealed partial class Partition
{
    /// <summary>Indexes over the texts of the live items; null where the container declares none.</summary>
    public FullTextIndexes? Texts { get; private set; }

    /// <summary>Has the full-text indexes that a container declares: those it had where they are the same, else new ones.</summary>
    /// <param name="policy">Null where it declares none.</param>
    internal void IndexTexts(FullTextPolicy? policy)
    {
        _gate.EnterWriteLock();
        try
        {
            Texts = policy is not { Indexed.Count: > 0 } ? null : Texts?.Fit(policy) == true ? Texts : new FullTextIndexes(_gate, CopyAfter, policy);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }
}
