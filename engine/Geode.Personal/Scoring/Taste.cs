using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Geode.Personal.Learned;

namespace Geode.Personal.Scoring;

/// <summary>What a history says of a visitor's taste, in terms of a model.</summary>
internal sealed class Taste : IDisposable
{
    /// <summary>Deeds that count: the newest.</summary>
    public const int MaxDeeds = 200;

    /// <summary>Deeds whose items' words count.</summary>
    private const int MaxTexts = 50;

    /// <summary>Numbers for each item: implied by all, liked, disliked, newest; alike to liked, disliked, newest; next of newest.</summary>
    public const int Channels = 8;

    private const float Fading = 0.85f;

    // The weight of a tag that four of five items bear: with it nothing is said of a visitor.
    private static readonly float TellsNothing = MathF.Log2(1 + 5f / 4);

    // Many are made and soon over; what they grew to is used again.
    private static readonly ConcurrentBag<Tables> Spare = [];

    private readonly Tables _tables = Spare.TryTake(out var spare) ? spare : new();
    private readonly float[] _items;
    private readonly int _size;

    /// <param name="history">In any order.</param>
    /// <param name="describe">What is known of the item of that id; null: nothing.</param>
    public Taste(Knowledge knowledge, IEnumerable<Deed> history, Func<string, Described?> describe)
    {
        _size = knowledge.Items.Length * Channels;
        _items = ArrayPool<float>.Shared.Rent(_size);
        _items.AsSpan(0, _size).Clear();
        foreach (var deed in Newest(history))
        {
            var place = Length++;
            var newest = MathF.Pow(Fading, place);
            var value = (float)Math.Clamp(deed.Value, -1, 1);
            Add(knowledge, knowledge.IndexOfItem(deed.Item), value, newest);
            if (describe(deed.Item) is { } item) Add(item, value, newest, place < MaxTexts);
        }

        Spread(knowledge);
        Finish();
    }

    public int Length { get; private set; }

    public Dictionary<string, TagTaste> Tags => _tables.Tags;

    public Dictionary<uint, float> Words => _tables.Words;

    public float LikedNorm { get; private set; }

    public float DislikedNorm { get; private set; }

    public float NewestNorm { get; private set; }

    public float AroundNorm { get; private set; }

    public float WordNorm { get; private set; }

    public ReadOnlySpan<float> OfItem(int index) => _items.AsSpan(index * Channels, Channels);

    /// <summary>The tag of an item that the visitor likes most for how much it tells; null: none of them.</summary>
    public string? Because(Described item)
    {
        var (best, because) = (0f, default(string));
        for (var t = 0; t < item.Tags.Length; t++)
        {
            if (!Tags.TryGetValue(item.Tags[t], out var tag)) continue;
            var says = (tag.Liked - tag.Disliked) * item.TagWeights[t];
            if (tag.Liked > 0 && item.TagWeights[t] > TellsNothing && says > best) (best, because) = (says, item.Tags[t]);
        }

        return because;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_items);
        Tags.Clear();
        Words.Clear();
        Spare.Add(_tables);
    }

    private static IEnumerable<Deed> Newest(IEnumerable<Deed> history) => history
        .Where(d => double.IsFinite(d.Value))
        .OrderByDescending(d => d.At).ThenBy(d => d.Item, StringComparer.Ordinal)
        .DistinctBy(d => d.Item, StringComparer.Ordinal)
        .Take(MaxDeeds);

    private void Add(Knowledge knowledge, int item, float value, float newest)
    {
        if (item < 0) return;
        var (liked, disliked) = (Math.Max(value, 0), Math.Max(-value, 0));
        var targets = knowledge.Implied.TargetsOf(item);
        var weights = knowledge.Implied.WeightsOf(item);
        for (var n = 0; n < targets.Length; n++)
        {
            var to = _items.AsSpan(targets[n] * Channels, Channels);
            to[0] += weights[n];
            to[1] += weights[n] * liked;
            to[2] += weights[n] * disliked;
            to[3] += weights[n] * newest;
        }

        targets = knowledge.Alike.TargetsOf(item);
        weights = knowledge.Alike.WeightsOf(item);
        for (var n = 0; n < targets.Length; n++)
        {
            var to = _items.AsSpan(targets[n] * Channels, Channels);
            to[4] += weights[n] * liked;
            to[5] += weights[n] * disliked;
            to[6] += weights[n] * newest;
        }

        targets = knowledge.Next.TargetsOf(item);
        weights = knowledge.Next.WeightsOf(item);
        for (var n = 0; n < targets.Length; n++) _items[targets[n] * Channels + 7] += weights[n] * newest;
    }

    private void Add(Described item, float value, float newest, bool withWords)
    {
        foreach (var tag in item.Tags)
        {
            ref var taste = ref CollectionsMarshal.GetValueRefOrAddDefault(Tags, tag, out _);
            taste.Liked += Math.Max(value, 0);
            taste.Disliked += Math.Max(-value, 0);
            taste.Newest += value * newest;
        }

        if (!withWords) return;
        foreach (var word in item.Words)
            CollectionsMarshal.GetValueRefOrAddDefault(Words, word, out _) += value;
    }

    private void Spread(Knowledge knowledge)
    {
        var own = Tags.ToArray();
        foreach (var (tag, taste) in own)
        {
            CollectionsMarshal.GetValueRefOrNullRef(Tags, tag).Around += taste.Liked - taste.Disliked;
            var index = knowledge.IndexOfTag(tag);
            if (index < 0) continue;
            var targets = knowledge.TagLinks.TargetsOf(index);
            var weights = knowledge.TagLinks.WeightsOf(index);
            for (var n = 0; n < targets.Length; n++)
                CollectionsMarshal.GetValueRefOrAddDefault(Tags, knowledge.Tags[targets[n]].Name, out _).Around += (taste.Liked - taste.Disliked) * weights[n];
        }
    }

    private void Finish()
    {
        foreach (var tag in Tags.Values)
        {
            LikedNorm += tag.Liked * tag.Liked;
            DislikedNorm += tag.Disliked * tag.Disliked;
            NewestNorm += tag.Newest * tag.Newest;
            AroundNorm += tag.Around * tag.Around;
        }

        foreach (var word in Words.Values) WordNorm += word * word;
        (LikedNorm, DislikedNorm, NewestNorm, AroundNorm, WordNorm) =
            (MathF.Sqrt(LikedNorm), MathF.Sqrt(DislikedNorm), MathF.Sqrt(NewestNorm), MathF.Sqrt(AroundNorm), MathF.Sqrt(WordNorm));
    }

    private sealed class Tables
    {
        public Dictionary<string, TagTaste> Tags { get; } = new(StringComparer.Ordinal);

        public Dictionary<uint, float> Words { get; } = [];
    }
}

/// <summary>Sums of deeds' values with a tag.</summary>
internal struct TagTaste
{
    public float Liked;
    public float Disliked;

    /// <summary>Likes and dislikes, the newest most.</summary>
    public float Newest;

    /// <summary>Likes and dislikes of it and of tags that go together with it.</summary>
    public float Around;
}
