using Geode.Backplane.Storage.Indexes.FullText;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>What a call searches for in the texts of an index.</summary>
/// <param name="All">Every term has to occur, else one is enough.</param>
internal sealed record TextSearch(TermReader Reader, SearchTerm[] Terms, bool All)
{
    /// <summary>The texts that have what is searched for.</summary>
    public IReadOnlySet<IndexedText> Find()
    {
        HashSet<IndexedText>? found = null;
        foreach (var term in Terms)
        {
            var texts = Reader.HitsOf(term).Frequencies;
            if (found is null)
            {
                found = [.. texts.Keys];
            }
            else if (All)
            {
                found.RemoveWhere(text => !texts.ContainsKey(text));
            }
            else
            {
                found.UnionWith(texts.Keys);
            }
        }

        return found ?? [];
    }
}
