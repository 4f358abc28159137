using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes.FullText;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>Looks for terms in texts: in the index where it knows the very version of the document, else by reading the text.
/// For one execution of a query.</summary>
internal sealed class TermReader(TextAnalyzer analyzer, FullTextIndexes? indexes, FullTextIndex? index, Func<SqlValue, SqlValue> read)
{
    private readonly Dictionary<SearchTerm, TermHits> _hits = new(ReferenceEqualityComparer.Instance);
    private SqlValue _document;
    private IndexedText? _indexed;
    private SqlValue _text;
    private AnalyzedText? _analyzed;
    private AnalyzedText? _lastAnalyzed;

    public TextAnalyzer Analyzer => analyzer;

    /// <summary>Null where there is none to use.</summary>
    public FullTextIndex? Index => index;

    /// <summary>Turns to a document; false when it has no text there.</summary>
    public bool TryTurnTo(in SqlValue document)
    {
        if (!document.IsUndefined && document.IsSameAs(_document))
        {
            return _indexed is not null || _analyzed is not null;
        }

        _document = document;
        _analyzed = null;
        _indexed = index is null ? null : indexes!.Find(index, document);
        if (_indexed is not null)
        {
            return true;
        }

        var text = read(document);
        if (!text.IsString)
        {
            return false;
        }

        _analyzed = Analyze(text);
        return true;
    }

    /// <summary>Words of the text.</summary>
    public int Length => _indexed?.Length ?? _analyzed!.Length;

    /// <summary>How often the term occurs in the text.</summary>
    public int CountOf(SearchTerm term)
    {
        if (_indexed is not null)
        {
            var hits = HitsOf(term);
            if (_indexed.Sequence <= hits.Sequence && (hits.Frequencies.TryGetValue(_indexed, out var count) || _indexed.IsLive))
            {
                return count;
            }

            // It came into the index after the term was looked up, or was replaced before that.
            _indexed = null;
            _analyzed = Analyze(read(_document));
        }

        return term.CountIn(_analyzed!);
    }

    /// <summary>The texts with a term, as the index had them when the query first asked.</summary>
    public TermHits HitsOf(SearchTerm term)
    {
        if (!_hits.TryGetValue(term, out var hits))
        {
            _hits.Add(term, hits = indexes!.Search(index!, term));
        }

        return hits;
    }

    /// <summary>Words of all texts of the index.</summary>
    public long AllWords => indexes!.TotalsOf(index!).Words;

    /// <summary>Documents that the index has taken in, with a text or without.</summary>
    public long AllDocuments => indexes!.TotalsOf(index!).Documents;

    private AnalyzedText Analyze(in SqlValue text)
    {
        if (!text.IsSameAs(_text) || _lastAnalyzed is null)
        {
            (_text, _lastAnalyzed) = (text, analyzer.Analyze(text.Text));
        }

        return _lastAnalyzed;
    }
}
