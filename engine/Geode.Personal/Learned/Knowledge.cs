namespace Geode.Personal.Learned;

/// <summary>What was learned of items, tags and words from what visitors did: statistics without visitors.</summary>
internal sealed class Knowledge
{
    private readonly Dictionary<string, int> _itemIndex;
    private readonly Dictionary<string, int> _tagIndex;
    private readonly Dictionary<uint, int> _wordIndex;

    /// <exception cref="ArgumentException">An item, a tag or a word is there twice.</exception>
    public Knowledge(string[] items, NeighbourTable implied, NeighbourTable alike, NeighbourTable next, TagFacts[] tags, NeighbourTable tagLinks, WordFacts[] words, Crowd crowd)
    {
        (Items, Implied, Alike, Next, Tags, TagLinks, Words, Crowd) = (items, implied, alike, next, tags, tagLinks, words, crowd);
        _itemIndex = new(items.Length, StringComparer.Ordinal);
        for (var i = 0; i < items.Length; i++) _itemIndex.Add(items[i], i);
        _tagIndex = new(tags.Length, StringComparer.Ordinal);
        for (var i = 0; i < tags.Length; i++) _tagIndex.Add(tags[i].Name, i);
        _wordIndex = new(words.Length);
        for (var i = 0; i < words.Length; i++) _wordIndex.Add(words[i].Hash, i);
        RarestTag = tags.Length == 0 ? 1 : tags.Max(t => t.Weight);
        RarestWord = words.Length == 0 ? 1 : words.Max(w => w.Weight);
    }

    /// <summary>Ids.</summary>
    public string[] Items { get; }

    /// <summary>From an item of a history to those it speaks for or against: weights of a linear model, given all others of the history.</summary>
    public NeighbourTable Implied { get; }

    /// <summary>From an item of a history to those that the same visitors did something with: shrunk cosines.</summary>
    public NeighbourTable Alike { get; }

    /// <summary>From an item of a history to those that visitors came to soon after it.</summary>
    public NeighbourTable Next { get; }

    public TagFacts[] Tags { get; }

    /// <summary>From a tag to those that the same visitors like.</summary>
    public NeighbourTable TagLinks { get; }

    public WordFacts[] Words { get; }

    public Crowd Crowd { get; }

    /// <summary>The weight of a tag that is not known, being new.</summary>
    public float RarestTag { get; }

    public float RarestWord { get; }

    public int IndexOfItem(string id) => _itemIndex.GetValueOrDefault(id, -1);

    public int IndexOfTag(string name) => _tagIndex.GetValueOrDefault(name, -1);

    public float WeightOfWord(uint hash) => _wordIndex.TryGetValue(hash, out var i) ? Words[i].Weight : RarestWord;
}

/// <param name="Weight">How much it tells: the logarithm of how few items have it.</param>
internal readonly record struct TagFacts(string Name, float Weight);

/// <param name="Hash">See <see cref="Scoring.TextWords"/>.</param>
/// <param name="Weight">How much it tells: the logarithm of how few items have it.</param>
internal readonly record struct WordFacts(uint Hash, float Weight);
