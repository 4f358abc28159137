namespace Geode.Backplane.Storage.Indexes.FullText;

/// <summary>Where one word occurs: the texts in the order in which they came in, each with the word's positions. Only grows; texts that are
/// gone are passed over.</summary>
internal sealed class Postings
{
    private readonly List<IndexedText> _texts = [];
    private readonly List<int> _ends = [];
    private readonly List<int> _positions = [];

    public int Count => _texts.Count;

    public void Add(IndexedText text, IReadOnlyList<int> positions)
    {
        _texts.Add(text);
        _positions.AddRange(positions);
        _ends.Add(_positions.Count);
    }

    public IndexedText TextAt(int index) => _texts[index];

    public int FrequencyAt(int index) => _ends[index] - StartOf(index);

    public ReadOnlySpan<int> PositionsAt(int index) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_positions)[StartOf(index).._ends[index]];

    private int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];
}
