using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Geode.Personal.Scoring;

namespace Geode.Personal.Learned;

/// <summary>Reads a model and checks all of it: bytes that come from elsewhere are believed nothing. Nothing is made larger than the bytes that
/// are there.</summary>
internal ref struct ModelReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly int _length = bytes.Length;
    private readonly ReadOnlySpan<byte> _all = bytes;
    private ReadOnlySpan<byte> _left = bytes;

    /// <exception cref="InvalidDataException">It is none, or cannot be right.</exception>
    public TasteModel Read()
    {
        Heading();
        var until = Until();
        var items = Items();
        var implied = Table(items.Length, "items that speak for others");
        var alike = Table(items.Length, "items that are alike");
        var next = Table(items.Length, "items that come next");
        var tags = Tags();
        var links = Table(tags.Length, "tags that go together");
        var words = Words();
        var crowd = Crowd(items.Length, tags.Length);
        var prior = Number("weight beside the trees", 0, 1000);
        var trees = Trees();
        if (_left.Length > 0) throw Wrong($"{_left.Length} bytes are left after its end");
        return new(new Knowledge(items, implied, alike, next, tags, links, words, crowd), trees, prior, until);
    }

    private void Heading()
    {
        if (!_left.StartsWith(ModelFormat.Magic)) throw Wrong("it does not begin as one");
        _left = _left[ModelFormat.Magic.Length..];
        if (Int("version") is var version && version != ModelFormat.Version)
            throw Wrong($"its version is {version}, and {ModelFormat.Version} is what can be read");
        if (_left.Length < ModelFormat.ChecksumLength) throw Wrong("it ends within its heading");
        if (!_all[^ModelFormat.ChecksumLength..].SequenceEqual(SHA256.HashData(_all[..^ModelFormat.ChecksumLength]))) throw Wrong("its checksum differs: it is torn or was changed");
        _left = _left[..^ModelFormat.ChecksumLength];
        if (Int("number of features") is var width && width != FeatureRows.Width)
            throw Wrong($"it was made for {width} features, and there are {FeatureRows.Width}");
    }

    private DateTimeOffset Until()
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(Take(8, "time"));
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new(ticks, TimeSpan.Zero) : throw Wrong("its time is none");
    }

    private string[] Items()
    {
        var items = new string[Count("items", ModelFormat.MaxItems, 2)];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Text("item's id");
            if (!ids.Add(items[i])) throw Wrong($"item {i} is there twice");
        }

        return items;
    }

    private TagFacts[] Tags()
    {
        var tags = new TagFacts[Count("tags", ModelFormat.MaxTags, 2 + 4)];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new(Text("tag"), Number("weight of a tag", 0, 100));
            if (!names.Add(tags[i].Name)) throw Wrong($"tag {i} is there twice");
        }

        return tags;
    }

    private WordFacts[] Words()
    {
        var words = new WordFacts[Count("words", ModelFormat.MaxWords, 8)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = new(BinaryPrimitives.ReadUInt32LittleEndian(Take(4, "word")), Number("weight of a word", 0, 100));
            if (i > 0 && words[i].Hash <= words[i - 1].Hash) throw Wrong($"word {i} is not in order");
        }

        return words;
    }

    private NeighbourTable Table(int rows, string what)
    {
        var targets = new int[Count(what, ModelFormat.MaxEntries, 6)];
        var (starts, weights) = (new int[rows + 1], new float[targets.Length]);
        for (var row = 0; row < rows; row++)
        {
            var (from, length) = (starts[row], (int)BinaryPrimitives.ReadUInt16LittleEndian(Take(2, what)));
            if (length > targets.Length - from) throw Wrong($"row {row} of {what} is longer than all of them");
            starts[row + 1] = from + length;
            for (var n = from; n < from + length; n++)
            {
                targets[n] = Index(what, rows);
                if (n > from && targets[n] <= targets[n - 1]) throw Wrong($"row {row} of {what} is not in order");
            }

            for (var n = from; n < from + length; n++)
            {
                weights[n] = (float)BinaryPrimitives.ReadHalfLittleEndian(Take(2, what));
                if (!float.IsFinite(weights[n])) throw Wrong($"a weight in row {row} of {what} is no number");
            }
        }

        return starts[rows] == targets.Length ? new(starts, targets, weights) : throw Wrong($"the rows of {what} have {starts[rows]} entries, not {targets.Length}");
    }

    private Crowd Crowd(int items, int tags)
    {
        if (_left.Length < items * 12 + tags * 4) throw Wrong("it ends within what all visitors did");
        var (standings, trends) = (new ItemStanding[items], new float[tags]);
        for (var i = 0; i < items; i++) standings[i] = new(Number("popularity", 0, 1), Number("trend", 0, 1), Number("liking", -1, 1));
        for (var i = 0; i < tags; i++) trends[i] = Number("trend of a tag", 0, 1);
        return new(standings, trends);
    }

    private TreeEnsemble Trees()
    {
        var roots = new int[Count("trees", ModelFormat.MaxTrees, 4)];
        var nodes = new TreeNode[Count("nodes of trees", ModelFormat.MaxNodes, 13)];
        var leaves = new float[Count("leaves of trees", ModelFormat.MaxNodes + ModelFormat.MaxTrees, 4)];
        for (var i = 0; i < roots.Length; i++) roots[i] = Child("root", -1, nodes.Length, leaves.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            var feature = (int)Take(1, "feature of a node")[0];
            if (feature >= FeatureRows.Width) throw Wrong($"node {i} asks for feature {feature}, and there are {FeatureRows.Width}");
            nodes[i] = new(
                feature, Number("threshold", -ModelFormat.Largest, ModelFormat.Largest), Child($"node {i}", i, nodes.Length, leaves.Length),
                Child($"node {i}", i, nodes.Length, leaves.Length));
        }

        for (var i = 0; i < leaves.Length; i++) leaves[i] = Number("value of a leaf", -ModelFormat.Largest, ModelFormat.Largest);
        return new(roots, nodes, leaves);
    }

    // Only later nodes: what leads back would never end.
    private int Child(string of, int after, int nodes, int leaves)
    {
        var child = Int(of);
        return child >= 0 ? child > after && child < nodes ? child : throw Wrong($"{of} leads to node {child}, which is not after it")
            : ~child < leaves ? child : throw Wrong($"{of} leads to leaf {~child}, and there are {leaves}");
    }

    private int Index(string what, int count) => Int(what) is var index && index >= 0 && index < count ? index : throw Wrong($"{what}: {index} is outside of {count}");

    private int Count(string what, int most, int bytesEach)
    {
        var count = Int($"number of {what}");
        if (count < 0 || count > most) throw Wrong($"it has {count} {what}, and at most {most} are allowed");
        return count <= _left.Length / bytesEach ? count : throw Wrong($"it ends within its {what}");
    }

    private string Text(string what)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(Take(2, what));
        if (length > ModelFormat.MaxTextBytes) throw Wrong($"an {what} has {length} bytes, and at most {ModelFormat.MaxTextBytes} are allowed");
        try
        {
            return Utf8.GetString(Take(length, what));
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"The {_length} bytes are no model: an {what} is no text.", e);
        }
    }

    private float Number(string what, float least, float most)
    {
        var number = BinaryPrimitives.ReadSingleLittleEndian(Take(4, what));
        return number >= least && number <= most ? number : throw Wrong($"a {what} is {number}, which is not from {least} to {most}");
    }

    private int Int(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, what));

    private ReadOnlySpan<byte> Take(int count, string what)
    {
        if (_left.Length < count) throw Wrong($"it ends within its {what}");
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }

    private readonly InvalidDataException Wrong(string what) => new(FormattableString.Invariant($"The {_length} bytes are no model of tastes: {what}."));
}
