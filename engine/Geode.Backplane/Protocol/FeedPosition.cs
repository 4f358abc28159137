using System.Collections.Immutable;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>How far a feed over a whole container has been read, by ranges of keys and not by partitions: a split in between changes
/// nothing of it. Opaque to clients.</summary>
/// <param name="Rest">What is left, in the order of the keys.</param>
public sealed record FeedPosition(ImmutableList<FeedPosition.Part> Rest)
{
    private const char BetweenParts = '|';
    private const char WithinPart = '~';

    public static FeedPosition Start { get; } = new([new Part(EpkRange.Full, null)]);

    /// <summary>Where the first part is to go on; null for its beginning.</summary>
    public string? Inner => Rest[0].Inner;

    /// <exception cref="ProtocolException">400: not what <see cref="ToString"/> wrote.</exception>
    public static FeedPosition Parse(string text)
    {
        var rest = ImmutableList.CreateBuilder<Part>();
        foreach (var part in text.Split(BetweenParts))
        {
            if (part.Split(WithinPart, 3) is not [var min, var max, var inner] || !EffectivePartitionKey.IsValid(min) || !EffectivePartitionKey.IsValid(max)
                || new EpkRange(min, max).Intersect(EpkRange.Full) is { IsEmpty: true })
                throw ProtocolException.BadRequest($"The continuation '{text}' is malformed.");
            rest.Add(new Part(new EpkRange(min, max), inner.Length > 0 ? inner : null));
        }

        return new FeedPosition(rest.ToImmutable());
    }

    /// <summary>What is read next: of the first part, as much as lies in one partition.</summary>
    public FeedScope ScopeIn(Container container)
    {
        var partition = container.PartitionOf(HashPrefix.Of(Rest[0].Range.Min));
        return new FeedScope(container, partition, null, Rest[0].Range.Intersect(partition.Range));
    }

    /// <summary>The position after a page of that; null at the end.</summary>
    /// <param name="inner">Where the page ended; null when it was the last of its scope.</param>
    public FeedPosition? After(FeedScope read, string? inner)
    {
        var rest = Rest.RemoveAt(0);
        var beyond = Rest[0] with { Range = Rest[0].Range with { Min = read.Range.Max } };
        if (!beyond.Range.IsEmpty)
            rest = rest.Insert(0, beyond);
        if (inner is not null)
            rest = rest.Insert(0, new Part(read.Range, inner));
        return rest.IsEmpty ? null : new FeedPosition(rest);
    }

    public override string ToString() => string.Join(BetweenParts, Rest.Select(p => $"{p.Range.Min}{WithinPart}{p.Range.Max}{WithinPart}{p.Inner}"));

    /// <param name="Inner">Where the part is to go on; null for its beginning.</param>
    public sealed record Part(EpkRange Range, string? Inner);
}
