using System.Text.Json;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>The type of one level of a partition key. The value is the marker byte the type is hashed with.</summary>
public enum PartitionKeyType : byte
{
    Undefined = 0,
    Null = 1,
    False = 2,
    True = 3,
    Number = 5,
    String = 8,
}

/// <summary>One level of a partition key: a scalar JSON value, or undefined.</summary>
public readonly struct PartitionKeyComponent : IEquatable<PartitionKeyComponent>
{
    private readonly string? _text;
    private readonly double _number;

    private PartitionKeyComponent(PartitionKeyType type, double number = 0, string? text = null)
    {
        Type = type;
        _number = number;
        _text = text;
    }

    public static PartitionKeyComponent Undefined => default;

    public static PartitionKeyComponent Null => new(PartitionKeyType.Null);

    public PartitionKeyType Type { get; }

    /// <summary>The number; 0 when this is not one.</summary>
    public double Number => _number;

    /// <summary>The string; empty when this is not one.</summary>
    public string Text => _text ?? "";

    public static PartitionKeyComponent From(bool value) => new(value ? PartitionKeyType.True : PartitionKeyType.False);

    public static PartitionKeyComponent From(double value) => double.IsFinite(value)
        ? new(PartitionKeyType.Number, value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A partition key number is finite.");

    public static PartitionKeyComponent From(string value) => new(PartitionKeyType.String, 0, value);

    /// <summary>Writes the value as JSON; undefined is an empty object, as in the partition key header.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Type)
        {
            case PartitionKeyType.Undefined:
                writer.WriteStartObject();
                writer.WriteEndObject();
                break;
            case PartitionKeyType.Null:
                writer.WriteNullValue();
                break;
            case PartitionKeyType.Number:
                writer.WriteNumberValue(_number);
                break;
            case PartitionKeyType.String:
                writer.WriteStringValue(_text);
                break;
            default:
                writer.WriteBooleanValue(Type == PartitionKeyType.True);
                break;
        }
    }

    // By bits, because -0 and 0 hash to different places in the key space.
    public bool Equals(PartitionKeyComponent other) =>
        Type == other.Type
        && BitConverter.DoubleToInt64Bits(_number) == BitConverter.DoubleToInt64Bits(other._number)
        && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is PartitionKeyComponent other && Equals(other);

    public override int GetHashCode() => Type switch
    {
        PartitionKeyType.String => Text.GetHashCode(),
        PartitionKeyType.Number => BitConverter.DoubleToInt64Bits(_number).GetHashCode(),
        _ => (int)Type,
    };

    public static bool operator ==(PartitionKeyComponent left, PartitionKeyComponent right) => left.Equals(right);

    public static bool operator !=(PartitionKeyComponent left, PartitionKeyComponent right) => !left.Equals(right);
}
