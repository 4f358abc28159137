namespace Geode.Backplane.Storage.Vectors;

/// <summary>How far an index has come with a partition's items.</summary>
/// <param name="Path">As in <c>/text/embedding</c>.</param>
/// <param name="HasAll">Every item that was there when it was declared has been read; before, queries look at every item.</param>
/// <param name="Vectors">Items that are found through it.</param>
/// <param name="Waiting">Items written since, which have not been taken in: queries look at them one by one.</param>
/// <param name="Unlinked">Vectors that the coarse form or the graph does not have yet: queries look at all of them.</param>
/// <param name="IsIdle">Nothing is being done for it at the moment.</param>
public sealed record VectorIndexProgress(string Path, bool HasAll, int Vectors, int Waiting, int Unlinked, bool IsIdle)
{
    /// <summary>Nothing is left to do.</summary>
    public bool IsDone => IsIdle && HasAll && Waiting == 0 && Unlinked == 0;

    /// <summary>0 to 100; 100 only when nothing is left to do.</summary>
    public int Percent => IsDone ? 100 : !HasAll ? 0 : (int)(99L * Math.Max(0, Vectors - Unlinked) / Math.Max(1, Vectors + Waiting));
}
