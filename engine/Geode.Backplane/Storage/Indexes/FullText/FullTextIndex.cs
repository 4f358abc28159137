using System.Runtime.InteropServices;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Storage.Indexes.FullText;

/// <summary>
/// An inverted index of the texts at one path: from each word to where it occurs. Words are appended and never moved: what a document
/// had when it was replaced is passed over, and thrown away with the rest when more is gone than there is. Not synchronised: reads may
/// run together, a change must be alone.
/// </summary>
/// <param name="path">As <see cref="FullTextPolicy.KeyOf"/> has it.</param>
internal sealed class FullTextIndex(string path, FullTextLanguage language)
{
    // Less than this is not worth a new start.
    private const int FewestGone = 1024;

    // A text that is gone still holds its document.
    private const long FewestBytesGone = 16 << 20;

    private readonly PropertyName[] _steps = [.. path.Split('\0').Select(name => new PropertyName(name))];
    private readonly TextAnalyzer _analyzer = TextAnalyzer.Of(language);
    private readonly Dictionary<DocumentPlace, IndexedText> _texts = [];
    private Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private List<Postings> _postings = [];
    private long _sequence;
    private int _gone;
    private long _bytes;
    private long _bytesGone;

    /// <summary>Everything up to this document number is in the index, as far as it has a text.</summary>
    public ulong IndexedUpTo { get; private set; }

    public bool IsComplete => IndexedUpTo == ulong.MaxValue;

    /// <summary>Documents with a text.</summary>
    public int Count => _texts.Count;

    /// <summary>Documents with a text or without.</summary>
    public long Documents { get; private set; }

    /// <summary>Words of all texts together.</summary>
    public long Words { get; private set; }

    public int DifferentWords => _numbers.Count;

    public void Add(IDocument document)
    {
        if (document.Rid <= IndexedUpTo)
        {
            Insert(document);
        }
    }

    public void Remove(IDocument document)
    {
        if (document.Rid > IndexedUpTo)
        {
            return;
        }

        Documents--;
        if (!_texts.Remove(DocumentPlace.Of(document), out var text))
        {
            return;
        }

        text.IsLive = false;
        Words -= text.Length;
        _bytes -= document.Json.Length;
        _bytesGone += document.Json.Length;
        if ((++_gone > FewestGone && _gone > _texts.Count) || (_bytesGone > FewestBytesGone && _bytesGone > _bytes))
        {
            Rebuild();
        }
    }

    /// <summary>Takes in the next documents in ascending order of Rid; none means that there are no more.</summary>
    public void TakeIn(ReadOnlySpan<IDocument> documents)
    {
        if (documents.IsEmpty)
        {
            IndexedUpTo = ulong.MaxValue;
        }

        foreach (var document in documents)
        {
            IndexedUpTo = document.Rid;
            Insert(document);
        }
    }

    /// <summary>The text of a document that is at hand; null when this version of it is not in the index.</summary>
    public IndexedText? Find(in SqlValue document) => _texts.GetValueOrDefault(DocumentPlace.Of(document));

    /// <summary>Where a term occurs.</summary>
    public TermHits Search(SearchTerm term)
    {
        var hits = new Dictionary<IndexedText, int>();
        if (term.Words.Length == 1)
        {
            foreach (var postings in PostingsOf(term, 0))
            {
                for (var i = 0; i < postings.Count; i++)
                {
                    if (postings.TextAt(i) is { IsLive: true } text)
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(hits, text, out _) += postings.FrequencyAt(i);
                    }
                }
            }
        }
        else if (term.Words.Length > 1)
        {
            SearchPhrase(term, hits);
        }

        return new TermHits(hits, _sequence);
    }

    private void SearchPhrase(SearchTerm term, Dictionary<IndexedText, int> hits)
    {
        // Where the phrase can begin, as far as the words up to here say.
        Dictionary<IndexedText, HashSet<int>>? starts = null;
        for (var word = 0; word < term.Words.Length; word++)
        {
            var offset = term.Words[word].Position - term.Words[0].Position;
            var next = new Dictionary<IndexedText, HashSet<int>>();
            foreach (var postings in PostingsOf(term, word))
            {
                for (var i = 0; i < postings.Count; i++)
                {
                    var text = postings.TextAt(i);
                    if (!text.IsLive || (starts is not null && !starts.ContainsKey(text)))
                    {
                        continue;
                    }

                    foreach (var position in postings.PositionsAt(i))
                    {
                        if (starts is null || starts[text].Contains(position - offset))
                        {
                            (CollectionsMarshal.GetValueRefOrAddDefault(next, text, out _) ??= []).Add(position - offset);
                        }
                    }
                }
            }

            starts = next;
        }

        foreach (var (text, places) in starts!)
        {
            hits.Add(text, places.Count);
        }
    }

    private IEnumerable<Postings> PostingsOf(SearchTerm term, int word)
    {
        if (term.Distance == 0)
        {
            return _numbers.TryGetValue(term.Words[word].Stem, out var number) ? [_postings[number]] : [];
        }

        return _numbers.Where(entry => term.Matches(entry.Key, word)).Select(entry => _postings[entry.Value]);
    }

    private void Insert(IDocument document)
    {
        Documents++;
        var value = SqlValue.Parse(document.Json);
        foreach (var step in _steps)
        {
            value = value[step];
        }

        if (!value.IsString)
        {
            return;
        }

        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var analyzed = _analyzer.Analyze(value.Text);
        foreach (var (stem, position) in analyzed.Words)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(places, stem, out _) ??= []).Add(position);
        }

        var text = new IndexedText(document, ++_sequence, analyzed.Length);
        foreach (var (stem, positions) in places)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, stem, out var known);
            if (!known)
            {
                number = _postings.Count;
                _postings.Add(new Postings());
            }

            _postings[number].Add(text, positions);
        }

        _texts[DocumentPlace.Of(document)] = text;
        Words += text.Length;
        _bytes += document.Json.Length;
    }

    // From the postings themselves: no text is read again.
    private void Rebuild()
    {
        var (numbers, postings) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<Postings>());
        foreach (var (stem, number) in _numbers)
        {
            var (old, kept) = (_postings[number], new Postings());
            for (var i = 0; i < old.Count; i++)
            {
                if (old.TextAt(i).IsLive)
                {
                    kept.Add(old.TextAt(i), old.PositionsAt(i).ToArray());
                }
            }

            if (kept.Count > 0)
            {
                numbers.Add(stem, postings.Count);
                postings.Add(kept);
            }
        }

        (_numbers, _postings, _gone, _bytesGone) = (numbers, postings, 0, 0);
    }
}
