using System.Collections.Immutable;
using System.Globalization;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage.Ranges;

/// <summary>How a container's key space is cut into ranges: so many equal ones at first, some of which were then split in halves. It
/// follows from the number of the first ones and the <em>set</em> of ranges that were split, so regions that split at the same time end
/// alike: they only have to join their sets. So does a range's number: those of <c>n</c> first ranges are 0 to n−1, and the
/// halves of range x are n+2x and n+2x+1.</summary>
/// <param name="First">How many ranges there were at first.</param>
/// <param name="Splits">Numbers of ranges that were split.</param>
public sealed record RangeLayout(int First, ImmutableSortedSet<int> Splits)
{
    /// <param name="first">1 or more.</param>
    public static RangeLayout Of(int first, params IEnumerable<int> splits) => new(first, [.. splits]);

    /// <summary>Names the layout: the same in every region that has the same ranges. Clients bring it back as the etag of the feed of ranges.</summary>
    public string Tag => Splits.Count == 0
        ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}.{string.Join('.', Splits)}");

    /// <summary>The layout of that tag; null when it is none.</summary>
    public static RangeLayout? Read(ReadOnlySpan<char> tag)
    {
        var numbers = new List<int>();
        foreach (var part in tag.Split('.'))
        {
            if (!int.TryParse(tag[part], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            numbers.Add(number);
        }

        return numbers[0] > 0 ? Of(numbers[0], numbers.Skip(1)) : null;
    }

    /// <summary>The numbers of a range's halves.</summary>
    public (int Lower, int Upper) HalvesOf(int range) => (First + (2 * range), First + (2 * range) + 1);

    /// <summary>False when its halves would have no numbers.</summary>
    public bool CanSplit(int range) => First + (2L * range) + 1 <= int.MaxValue;

    /// <summary>The ranges that a range came from, the first one first.</summary>
    public IReadOnlyList<int> ParentsOf(int range)
    {
        var parents = new List<int>();
        for (var at = range; at >= First;)
            parents.Add(at = (at - First) / 2);
        parents.Reverse();
        return parents;
    }

    /// <summary>Whether one of the two came from the other, or they are the same: then what is in one may be in the other.</summary>
    public bool AreRelated(int one, int other) => one == other || (one < other ? ParentsOf(other).Contains(one) : ParentsOf(one).Contains(other));

    /// <summary>The layout after more splits, of ranges that there are by then; others are left out.</summary>
    public RangeLayout With(IEnumerable<int> splits)
    {
        var all = Splits;
        foreach (var range in splits.Order())
        {
            if (range >= 0 && CanSplit(range) && (range < First || all.Contains((range - First) / 2)))
                all = all.Add(range);
        }

        return this with { Splits = all };
    }

    /// <summary>The ranges in the order of their keys.</summary>
    public IReadOnlyList<(int Range, HashSpan Span)> Ranges(PartitionKeyScheme scheme)
    {
        var ranges = new List<(int, HashSpan)>();
        var spans = HashSpan.Cut(First, scheme);
        for (var i = 0; i < First; i++)
            Add(i, spans[i]);
        return ranges;

        void Add(int range, HashSpan span)
        {
            if (!Splits.Contains(range))
            {
                ranges.Add((range, span));
                return;
            }

            var ((lower, upper), (below, above)) = (HalvesOf(range), span.Halve());
            Add(lower, below);
            Add(upper, above);
        }
    }

    public bool Equals(RangeLayout? other) => other is not null && First == other.First && Splits.SetEquals(other.Splits);

    public override int GetHashCode() => HashCode.Combine(First, Splits.Count);
}
