namespace Geode.Backplane.Storage.Indexes.FullText;

/// <summary>The texts in which a term occurs, and how often, at one moment.</summary>
/// <param name="Sequence">Texts that came later are not in it.</param>
internal sealed record TermHits(IReadOnlyDictionary<IndexedText, int> Frequencies, long Sequence);
