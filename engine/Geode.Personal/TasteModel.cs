using System.Collections.Concurrent;
using Geode.Personal.Learned;
using Geode.Personal.Scoring;

namespace Geode.Personal;

/// <summary>What was learned of how deeds tell what a visitor will like: of items, tags and words. It holds no visitor.</summary>
public sealed class TasteModel
{
    // Past this many the descriptions are made anew: a planet's newest items are few, and a model does not live long.
    private const int MostDescribed = 50_000;

    private ConcurrentDictionary<string, Described> _described = new(StringComparer.Ordinal);

    internal TasteModel(Knowledge knowledge, TreeEnsemble trees, float prior, DateTimeOffset until) => (Knowledge, Trees, Prior, Until) = (knowledge, trees, prior, until);

    /// <summary>The time of the newest deed that it was learned from.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>How many items it knows; others are ranked by what they are about.</summary>
    public int Items => Knowledge.Items.Length;

    internal Knowledge Knowledge { get; }

    internal TreeEnsemble Trees { get; }

    /// <summary>The weight of <see cref="Scoring.Prior"/> beside the trees.</summary>
    internal float Prior { get; }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none, or cannot be right; the message says what is wrong.</exception>
    public static TasteModel Read(ReadOnlyMemory<byte> bytes) => new ModelReader(bytes.Span).Read();

    /// <summary>The model as bytes, the same for the same model.</summary>
    public byte[] Write() => ModelWriter.Write(this);

    /// <summary>What the model knows of an item; kept, since the same items are asked for again and again.</summary>
    internal Described Describe(Item item)
    {
        var kept = _described;
        if (kept.TryGetValue(item.Id, out var described) && described.Fits(item)) return described;
        if (kept.Count >= MostDescribed) _described = kept = new(StringComparer.Ordinal);
        return kept[item.Id] = new(item, Knowledge);
    }
}
