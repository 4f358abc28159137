using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <summary>Writes binary JSON. Of the format's many forms it uses those that every reader knows: no packed strings, references or arrays
/// of numbers.</summary>
internal ref struct BinaryEncoder
{
    /// <summary>Marker and length before an array or object, until its length is known.</summary>
    private const int LongestHead = 5;

    private Utf8JsonReader _json;
    private byte[] _output;
    private int _length;

    private BinaryEncoder(ReadOnlySpan<byte> json)
    {
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = SqlValue.ReaderOptions.MaxDepth });
        _output = new byte[json.Length + (json.Length / 4) + 16];
    }

    public static ReadOnlyMemory<byte> Encode(ReadOnlySpan<byte> json)
    {
        var encoder = new BinaryEncoder(json);
        encoder.Write(BinaryMarker.Preamble);
        encoder._json.Read();
        encoder.WriteValue();
        return encoder._output.AsMemory(0, encoder._length);
    }

    private void WriteValue()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                WriteContainer();
                break;
            case JsonTokenType.String:
                WriteString();
                break;
            case JsonTokenType.Number:
                WriteNumber();
                break;
            default:
                Write(_json.TokenType switch
                {
                    JsonTokenType.True => BinaryMarker.True,
                    JsonTokenType.False => BinaryMarker.False,
                    _ => BinaryMarker.Null,
                });
                break;
        }
    }

    private void WriteContainer()
    {
        var isObject = _json.TokenType == JsonTokenType.StartObject;
        var start = _length;
        Room(LongestHead);
        _length += LongestHead;
        while (_json.Read() && _json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (_json.TokenType == JsonTokenType.PropertyName)
            {
                WriteString();
                _json.Read();
            }

            WriteValue();
        }

        Close(start, isObject ? BinaryMarker.Object0 : BinaryMarker.Array0);
    }

    // The shortest head that the length fits in; what is inside moves up to it.
    private void Close(int start, byte empty)
    {
        var content = _length - start - LongestHead;
        var width = content == 0 ? 0 : content <= byte.MaxValue ? 1 : content <= ushort.MaxValue ? 2 : 4;
        var head = _output.AsSpan(start, LongestHead);
        head[0] = (byte)(empty + width switch { 0 => 0, 1 => 2, 2 => 3, _ => 4 });
        if (width == 4)
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], content);
        else if (width == 2)
            BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)content);
        else if (width == 1)
            head[1] = (byte)content;
        _output.AsSpan(start + LongestHead, content).CopyTo(_output.AsSpan(start + 1 + width));
        _length = start + 1 + width + content;
    }

    // Half of a surrogate pair is text in JSON, but not in UTF-8: it becomes the replacement character.
    private void WriteString()
    {
        var utf8 = _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonEscapes.Decode(_json.ValueSpan)) : _json.ValueSpan;
        if (SystemStrings.Find(utf8) is >= 0 and var number)
        {
            Write((byte)(BinaryMarker.FirstSystemString + number));
            return;
        }

        Room(LongestHead + utf8.Length);
        switch (utf8.Length)
        {
            case < BinaryMarker.StringL1 - BinaryMarker.FirstShortString:
                Write((byte)(BinaryMarker.FirstShortString + utf8.Length));
                break;
            case <= byte.MaxValue:
                Write(BinaryMarker.StringL1);
                Write((byte)utf8.Length);
                break;
            case <= ushort.MaxValue:
                Write(BinaryMarker.StringL2);
                BinaryPrimitives.WriteUInt16LittleEndian(Next(2), (ushort)utf8.Length);
                break;
            default:
                Write(BinaryMarker.StringL4);
                BinaryPrimitives.WriteInt32LittleEndian(Next(4), utf8.Length);
                break;
        }

        utf8.CopyTo(Next(utf8.Length));
    }

    private void WriteNumber()
    {
        if (!_json.TryGetInt64(out var whole))
        {
            Write(BinaryMarker.NumberDouble);
            BinaryPrimitives.WriteDoubleLittleEndian(Next(8), _json.GetDouble());
            return;
        }

        switch (whole)
        {
            // Negative zero is a double, which no integer is.
            case 0 when _json.ValueSpan[0] == (byte)'-':
                Write(BinaryMarker.NumberDouble);
                BinaryPrimitives.WriteDoubleLittleEndian(Next(8), -0.0);
                break;
            case >= 0 and < BinaryMarker.FirstSystemString:
                Write((byte)whole);
                break;
            case >= 0 and <= byte.MaxValue:
                Write(BinaryMarker.NumberUInt8);
                Write((byte)whole);
                break;
            case >= short.MinValue and <= short.MaxValue:
                Write(BinaryMarker.NumberInt16);
                BinaryPrimitives.WriteInt16LittleEndian(Next(2), (short)whole);
                break;
            case >= int.MinValue and <= int.MaxValue:
                Write(BinaryMarker.NumberInt32);
                BinaryPrimitives.WriteInt32LittleEndian(Next(4), (int)whole);
                break;
            default:
                Write(BinaryMarker.NumberInt64);
                BinaryPrimitives.WriteInt64LittleEndian(Next(8), whole);
                break;
        }
    }

    private void Write(byte value) => Next(1)[0] = value;

    private Span<byte> Next(int length)
    {
        Room(length);
        _length += length;
        return _output.AsSpan(_length - length, length);
    }

    private void Room(int length)
    {
        if (length > _output.Length - _length)
            Array.Resize(ref _output, Math.Max(_output.Length * 2, _length + length));
    }
}
