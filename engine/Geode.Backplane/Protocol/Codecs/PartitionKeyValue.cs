using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>
/// The value of a partition key: no level at all (a container without a key, or "every key" in a range), or one to three levels.
/// A value with fewer levels than its container has paths is a prefix.
/// </summary>
public sealed class PartitionKeyValue : IEquatable<PartitionKeyValue>
{
    /// <summary>The most levels a hierarchical partition key has.</summary>
    public const int MaxLevels = 3;

    // Characters that the JSON writer leaves as they are.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/@| ");

    // Levels inline: a key is then one object, and most have a single level.
    private readonly PartitionKeyComponent _first;
    private readonly PartitionKeyComponent _second;
    private readonly PartitionKeyComponent _third;
    private readonly int _hash;

    /// <param name="components">Zero to <see cref="MaxLevels"/> levels, outermost first.</param>
    public PartitionKeyValue(params ReadOnlySpan<PartitionKeyComponent> components)
    {
        if (components.Length > MaxLevels)
            throw new ArgumentException($"A partition key has at most {MaxLevels} levels, not {components.Length}.", nameof(components));
        Count = components.Length;
        if (Count > 0) _first = components[0];
        if (Count > 1) _second = components[1];
        if (Count > 2) _third = components[2];
        _hash = HashCode.Combine(Count, _first, _second, _third);
    }

    public static PartitionKeyValue Empty { get; } = new();

    /// <summary>The key of an item that has none: <c>[{}]</c>.</summary>
    public static PartitionKeyValue None { get; } = new(PartitionKeyComponent.Undefined);

    /// <summary>The number of levels.</summary>
    public int Count { get; }

    public PartitionKeyComponent this[int level] => (uint)level >= (uint)Count
        ? throw new ArgumentOutOfRangeException(nameof(level), level, $"The key has {Count} levels.")
        : level switch { 0 => _first, 1 => _second, _ => _third };

    /// <summary>Whether this is <see cref="None"/>, or a hierarchical key with every level undefined, which means the same.</summary>
    public bool IsNone =>
        Count > 0
        && _first.Type == PartitionKeyType.Undefined
        && _second.Type == PartitionKeyType.Undefined
        && _third.Type == PartitionKeyType.Undefined;

    /// <summary>Reads a JSON array of scalars, <c>{}</c> standing for undefined, as the partition key header carries it.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static PartitionKeyValue Parse(string json)
    {
        const int stackLimit = 512;
        var max = Encoding.UTF8.GetMaxByteCount(json.Length);
        var rented = max > stackLimit ? ArrayPool<byte>.Shared.Rent(max) : null;
        try
        {
            var utf8 = rented ?? stackalloc byte[stackLimit];
            return Parse(utf8[..Encoding.UTF8.GetBytes(json, utf8)]);
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static PartitionKeyValue Parse(ReadOnlySpan<byte> utf8Json) => PartitionKeyReader.Read(utf8Json);

    /// <summary>Whether <paramref name="other"/> begins with all of this value's levels.</summary>
    public bool IsPrefixOf(PartitionKeyValue other)
    {
        if (Count > other.Count) return false;
        for (var level = 0; level < Count; level++)
            if (this[level] != other[level]) return false;
        return true;
    }

    /// <summary>Writes the JSON array that <see cref="Parse(string)"/> reads.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        for (var level = 0; level < Count; level++) this[level].WriteTo(writer);
        writer.WriteEndArray();
    }

    /// <summary>The canonical JSON text: equal values have equal texts.</summary>
    public override string ToString()
    {
        // What most keys are needs no JSON writer.
        if (Count == 1 && _first.Type == PartitionKeyType.String && !_first.Text.AsSpan().ContainsAnyExcept(Plain))
            return $"[\"{_first.Text}\"]";
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer)) WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public bool Equals(PartitionKeyValue? other) =>
        ReferenceEquals(this, other)
        || other is not null
        && _hash == other._hash
        && Count == other.Count
        && _first == other._first
        && _second == other._second
        && _third == other._third;

    public override bool Equals(object? obj) => Equals(obj as PartitionKeyValue);

    public override int GetHashCode() => _hash;
}
