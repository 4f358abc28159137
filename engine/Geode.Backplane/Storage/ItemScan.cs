using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Geode.Backplane.Storage;

/// <summary>Looks through an item's values for what JSON allows and an item does not, and for objects that may have two properties of one name.</summary>
internal struct ItemScan
{
    private const int Levels = 16;
    private const int Words = 16;
    private const int Bits = 64 * Words;

    // No number of this length without an exponent is beyond a double.
    private const int SafeNumber = 300;

    // A Bloom filter of names for each object that is open.
    private Filters _names;

    /// <summary>Whether an object may have two properties of one name. True is a guess, false is certain.</summary>
    public bool MayRepeat { readonly get; private set; }

    /// <summary>Texts, numbers, truths and nulls so far.</summary>
    public int Values { readonly get; private set; }

    /// <summary>Must be told of each object that begins: its names are to come.</summary>
    /// <param name="level">Objects and arrays around it.</param>
    public void Begin(int level)
    {
        if (level < Levels)
            _names[(level * Words)..((level + 1) * Words)].Clear();
    }

    /// <summary>Takes note of the name that the reader stands on.</summary>
    /// <exception cref="FormatException">It is no text.</exception>
    public void Name(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
            CheckText(ref reader);
        var level = reader.CurrentDepth - 1;
        // Escapes write one name in many ways.
        MayRepeat |= reader.ValueIsEscaped || level >= Levels || Add(_names[(level * Words)..((level + 1) * Words)], reader.ValueSpan);
    }

    /// <summary>Reads the value that the reader stands on to its end.</summary>
    /// <exception cref="FormatException">A number is beyond a double, or a string is no text.</exception>
    public void Value(ref Utf8JsonReader reader)
    {
        var outer = reader.CurrentDepth;
        do
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null)
                Values++;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    Begin(reader.CurrentDepth);
                    break;
                case JsonTokenType.PropertyName:
                    Name(ref reader);
                    break;
                case JsonTokenType.Number:
                    CheckNumber(ref reader);
                    break;
                case JsonTokenType.String when reader.ValueIsEscaped:
                    CheckText(ref reader);
                    break;
                default:
                    break;
            }
        }
        while ((reader.CurrentDepth > outer || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.Read());
    }

    private static void CheckNumber(ref Utf8JsonReader reader)
    {
        var number = reader.ValueSpan;
        if (number.Length < SafeNumber && number.IndexOfAny((byte)'e', (byte)'E') < 0)
            return;
        if (!reader.TryGetDouble(out var value) || !double.IsFinite(value))
        {
            var text = System.Text.Encoding.ASCII.GetString(number.Length > 40 ? number[..40] : number);
            throw new FormatException($"The number {text}{(number.Length > 40 ? "…" : "")} is beyond those of 64 bits in floating point.");
        }
    }

    // Half of a surrogate pair is JSON, but no text that UTF-8 could hold.
    private static void CheckText(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.IndexOf("\\u"u8) < 0)
            return;
        try
        {
            reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("The request body has a string with half of a surrogate pair (\\ud800 to \\udfff), which is no text.", e);
        }
    }

    private static bool Add(Span<ulong> filter, ReadOnlySpan<byte> name)
    {
        var hash = Hash(name);
        var (first, second) = ((int)(hash >> 54) % Bits, (int)(hash >> 44) & (Bits - 1));
        ref var a = ref filter[first / 64];
        ref var b = ref filter[second / 64];
        var isKnown = ((a >> first) & (b >> second) & 1) != 0;
        a |= 1UL << first;
        b |= 1UL << second;
        return isKnown;
    }

    // Of the ends and the length: names that agree in these are looked at more closely later.
    private static ulong Hash(ReadOnlySpan<byte> name)
    {
        ulong first, last;
        if (name.Length >= 8)
        {
            (first, last) = (BinaryPrimitives.ReadUInt64LittleEndian(name), BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]));
        }
        else
        {
            first = last = 0;
            foreach (var b in name)
                first = (first << 8) | b;
        }

        return (first ^ BitOperations.RotateLeft(last, 29) ^ (ulong)name.Length) * 0x9E3779B97F4A7C15;
    }

    [InlineArray(Levels * Words)]
    private struct Filters
    {
        private ulong _first;
    }
}
