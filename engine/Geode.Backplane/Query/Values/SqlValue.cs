using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Geode.Backplane.Query.Values;

/// <summary>
/// A value of the query language. Parts of a document stay where they are, as a place in the document's UTF-8 text, and are
/// read when something asks for them; what a query builds is held as arrays of values. 24 bytes.
/// </summary>
/// <remarks>Numbers are doubles, except integers beyond 2^53, which stay exact while nothing calculates with them.</remarks>
public readonly partial struct SqlValue : IEquatable<SqlValue>
{
    private const long ExactIntegers = 1L << 53;

    private readonly object? _reference;
    private readonly long _bits;
    private readonly Form _form;

    private SqlValue(Form form, object? reference = null, long bits = 0)
    {
        _form = form;
        _reference = reference;
        _bits = bits;
    }

    private enum Form : byte
    {
        Undefined,
        Null,
        False,
        True,
        Double,
        Long,
        Text,
        Utf8,
        EscapedUtf8,
        Array,
        JsonArray,
        Object,
        JsonObject,
    }

    public static SqlValue Undefined => default;

    public static SqlValue Null => new(Form.Null);

    public static SqlValue True => new(Form.True);

    public static SqlValue False => new(Form.False);

    public static SqlValue EmptyArray { get; } = new(Form.Array, Array.Empty<SqlValue>());

    /// <summary>The type, as ORDER BY and the IS_… functions see it.</summary>
    public SqlKind Kind => _form switch
    {
        Form.Undefined => SqlKind.Undefined,
        Form.Null => SqlKind.Null,
        Form.False or Form.True => SqlKind.Boolean,
        Form.Double or Form.Long => SqlKind.Number,
        Form.Text or Form.Utf8 or Form.EscapedUtf8 => SqlKind.String,
        Form.Array or Form.JsonArray => SqlKind.Array,
        _ => SqlKind.Object,
    };

    public bool IsUndefined => _form == Form.Undefined;

    public bool IsNull => _form == Form.Null;

    public bool IsTrue => _form == Form.True;

    public bool IsFalse => _form == Form.False;

    public bool IsBoolean => _form is Form.True or Form.False;

    public bool IsNumber => _form is Form.Double or Form.Long;

    public bool IsString => _form is Form.Text or Form.Utf8 or Form.EscapedUtf8;

    public bool IsArray => _form is Form.Array or Form.JsonArray;

    public bool IsObject => _form is Form.Object or Form.JsonObject;

    /// <summary>The number, rounded to a double; 0 for what is not a number.</summary>
    public double Number => _form == Form.Long ? _bits : BitConverter.Int64BitsToDouble(_form == Form.Double ? _bits : 0);

    public static SqlValue From(bool value) => new(value ? Form.True : Form.False);

    public static SqlValue From(double value) => new(Form.Double, null, BitConverter.DoubleToInt64Bits(value));

    public static SqlValue From(long value) =>
        value is >= -ExactIntegers and <= ExactIntegers ? From((double)value) : new(Form.Long, null, value);

    public static SqlValue From(string value) => new(Form.Text, value);

    /// <summary>An array of these items, which must all be defined; the array is not copied.</summary>
    public static SqlValue From(SqlValue[] items) => new(Form.Array, items);

    /// <summary>An object of these members, whose names differ and whose values are defined; the array is not copied.</summary>
    public static SqlValue From(SqlField[] members) => new(Form.Object, members);

    /// <summary>A string that compares with documents' strings byte by byte: for constants of a query.</summary>
    public static SqlValue Constant(string value) => JsonEscapes.IsPlain(value)
        ? Read(Encoding.UTF8.GetBytes($"\"{value}\""), 0)
        : From(value);

    /// <summary>The value written in <paramref name="json"/>, which must be valid JSON and must not change afterwards.</summary>
    public static SqlValue Parse(ReadOnlyMemory<byte> json)
    {
        if (!MemoryMarshal.TryGetArray(json, out var segment))
        {
            segment = new ArraySegment<byte>(json.ToArray());
        }

        return Read(segment.Array!, JsonText.SkipSpace(json.Span, 0) + segment.Offset);
    }

    /// <summary>A copy of an element, independent of its document.</summary>
    public static SqlValue From(JsonElement element) => element.ValueKind == JsonValueKind.Undefined
        ? Undefined
        : Parse(JsonMarshal.GetRawUtf8Value(element).ToArray());

    /// <summary>Whether this is the very same part of the same document, or the same constant.</summary>
    internal bool IsSameAs(in SqlValue other) => ReferenceEquals(_reference, other._reference) && _bits == other._bits && _form == other._form;

    /// <summary>A hash that goes with <see cref="IsSameAs"/>.</summary>
    internal int PlaceHash => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_reference), _bits);

    /// <summary>Whether this is a whole number that fits 64 bits, and which.</summary>
    public bool TryGetInteger(out long value)
    {
        value = _bits;
        if (_form == Form.Long)
        {
            return true;
        }

        var number = Number;
        value = (long)number;
        return _form == Form.Double && Math.Truncate(number) == number && number is >= long.MinValue and < -(double)long.MinValue;
    }

    internal static SqlValue Read(byte[] json, int at)
    {
        switch (json[at])
        {
            case (byte)'"':
                var end = JsonText.SkipString(json, at, out var escaped);
                return new(escaped ? Form.EscapedUtf8 : Form.Utf8, json, Slice(at + 1, end - at - 2));
            case (byte)'{':
                return new(Form.JsonObject, json, at);
            case (byte)'[':
                return new(Form.JsonArray, json, at);
            case (byte)'t':
                return True;
            case (byte)'f':
                return False;
            case (byte)'n':
                return Null;
            default:
                return JsonText.ReadNumber(json, at);
        }
    }

    private static long Slice(int offset, int length) => ((long)offset << 32) | (uint)length;
}
