namespace Geode.Service.Conflicts;

/// <summary>Merges two versions of one document that were written in two regions before either had seen the other.</summary>
/// <typeparam name="T">The document: a record of the service's, or <see cref="System.Text.Json.Nodes.JsonObject"/> to keep also what
/// the merge knows nothing of.</typeparam>
public interface IConflictMerge<T>
    where T : class
{
    /// <summary>The merged document, or null when both say the same.</summary>
    /// <param name="earlier">The version that was written earlier. The order is the same for everyone who merges these two, also where they
    /// are of the same second.</param>
    /// <param name="later">The version that was written later.</param>
    T? Merge(T earlier, T later);
}
