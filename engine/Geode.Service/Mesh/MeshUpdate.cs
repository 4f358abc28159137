namespace Geode.Service.Mesh;

/// <summary>What a listener is told at once.</summary>
/// <param name="Changes">None in one of the first updates, which is there for its cursor.</param>
/// <param name="Cursor">Give it to <c>Follow</c> of any geode to go on after this.</param>
/// <param name="Reset">The cursor given was not usable: what happened since is unknown, so read afresh.</param>
public sealed record MeshUpdate<TChange>(IReadOnlyList<TChange> Changes, string Cursor, bool Reset = false)
    where TChange : class;
