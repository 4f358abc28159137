using Geode.Personal.Learned;

namespace Geode.Personal.Scoring;

/// <summary>What a model knows of an item, looked up once.</summary>
internal sealed class Described
{
    private readonly string _text;
    private readonly IReadOnlyList<string> _given;

    public Described(Item item, Knowledge knowledge)
    {
        (_text, _given) = (item.Text, item.Tags);
        Index = knowledge.IndexOfItem(item.Id);
        Tags = [.. item.Tags.Distinct(StringComparer.Ordinal).Take(MaxTags)];
        TagWeights = new float[Tags.Length];
        TagIndices = new int[Tags.Length];
        for (var t = 0; t < Tags.Length; t++)
        {
            var tag = knowledge.IndexOfTag(Tags[t]);
            TagWeights[t] = tag < 0 ? knowledge.RarestTag : knowledge.Tags[tag].Weight;
            TagIndices[t] = tag;
        }

        Words = TextWords.Of(item.Text);
        WordWeights = Array.ConvertAll(Words, knowledge.WeightOfWord);
        TagNorm = Norm(TagWeights);
        WordNorm = Norm(WordWeights);
    }

    /// <summary>What is beyond is not looked at.</summary>
    public const int MaxTags = 16;

    /// <summary>In the model; −1: the item is new to it.</summary>
    public int Index { get; }

    public string[] Tags { get; }

    public float[] TagWeights { get; }

    public float TagNorm { get; }

    /// <summary>In the model; −1: the tag is new to it.</summary>
    public int[] TagIndices { get; }

    public uint[] Words { get; }

    public float[] WordWeights { get; }

    public float WordNorm { get; }

    /// <summary>Whether the item still is what was described.</summary>
    public bool Fits(Item item) =>
        (ReferenceEquals(_text, item.Text) || _text == item.Text) && (ReferenceEquals(_given, item.Tags) || _given.SequenceEqual(item.Tags, StringComparer.Ordinal));

    private static float Norm(float[] weights)
    {
        var sum = 0f;
        foreach (var weight in weights) sum += weight * weight;
        return MathF.Sqrt(sum);
    }
}
