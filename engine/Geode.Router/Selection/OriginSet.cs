using System.Numerics;
using System.Runtime.CompilerServices;

namespace Geode.Router.Selection;

/// <summary>Some of the origins, as one bit for each in their configured order. A value: copying it copies the set.</summary>
internal struct OriginSet
{
    /// <summary>More than the regions a planet may have.</summary>
    public const int Most = Words * BitsPerWord;

    private const int Words = 4;
    private const int BitsPerWord = 64;

    private Bits _bits;

    [InlineArray(Words)]
    private struct Bits
    {
        private ulong _first;
    }

    /// <summary>The first <paramref name="count"/> origins.</summary>
    public static OriginSet All(int count)
    {
        var all = default(OriginSet);
        for (var word = 0; count > 0; word++, count -= BitsPerWord)
            all._bits[word] = count >= BitsPerWord ? ulong.MaxValue : (1UL << count) - 1;
        return all;
    }

    public static OriginSet Of(params ReadOnlySpan<int> origins)
    {
        var set = default(OriginSet);
        foreach (var origin in origins)
            set.Add(origin);
        return set;
    }

    public readonly bool IsEmpty => (_bits[0] | _bits[1] | _bits[2] | _bits[3]) == 0;

    public void Add(int origin) => _bits[origin / BitsPerWord] |= 1UL << origin;

    public readonly bool Has(int origin) => (_bits[origin / BitsPerWord] & (1UL << origin)) != 0;

    public void Remove(int origin) => _bits[origin / BitsPerWord] &= ~(1UL << origin);

    public readonly OriginSet Except(in OriginSet others)
    {
        var rest = this;
        for (var word = 0; word < Words; word++)
            rest._bits[word] &= ~others._bits[word];
        return rest;
    }

    public readonly OriginSet Union(in OriginSet others)
    {
        var both = this;
        for (var word = 0; word < Words; word++)
            both._bits[word] |= others._bits[word];
        return both;
    }

    /// <summary>In configured order.</summary>
    public readonly Enumerator GetEnumerator() => new(this);

    public struct Enumerator(OriginSet set)
    {
        private int _word = 0;
        private ulong _rest = set._bits[0];

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (_rest == 0)
            {
                if (++_word == Words)
                    return false;
                _rest = set._bits[_word];
            }

            Current = _word * BitsPerWord + BitOperations.TrailingZeroCount(_rest);
            _rest &= _rest - 1;
            return true;
        }
    }
}
