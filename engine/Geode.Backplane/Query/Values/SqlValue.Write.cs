using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Geode.Backplane.Query.Values;

/// <content>Writing as JSON.</content>
public readonly partial struct SqlValue
{
    /// <summary>How query results are written: only what JSON demands is escaped.</summary>
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>For reading back what was written: documents nest to 128 levels, and results may wrap them.</summary>
    public static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 512 };

    /// <summary>
    /// Writes the value. Document parts are copied as they were stored; whole numbers have no fraction and no exponent as far
    /// as 64 bits reach; NaN and the infinities, which JSON lacks, become strings of their names, as the clients write them.
    /// Undefined must not be written: leave the member out.
    /// </summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (_form)
        {
            case Form.Null:
                writer.WriteNullValue();
                break;
            case Form.False or Form.True:
                writer.WriteBooleanValue(IsTrue);
                break;
            case Form.Double or Form.Long:
                WriteNumber(writer);
                break;
            case Form.Text:
                writer.WriteRawValue(JsonEscapes.Encode((string)_reference!), skipInputValidation: true);
                break;
            case Form.Utf8 or Form.EscapedUtf8:
                // With the quotes around it.
                var text = ((byte[])_reference!).AsSpan((int)(_bits >> 32) - 1, (int)_bits + 2);
                writer.WriteRawValue(text, skipInputValidation: true);
                break;
            case Form.JsonArray or Form.JsonObject:
                TryGetJson(out var json);
                writer.WriteRawValue(json, skipInputValidation: true);
                break;
            case Form.Array:
                writer.WriteStartArray();
                foreach (var item in (SqlValue[])_reference!)
                {
                    item.WriteTo(writer);
                }

                writer.WriteEndArray();
                break;
            case Form.Object:
                writer.WriteStartObject();
                foreach (var member in (SqlField[])_reference!)
                {
                    writer.WritePropertyName(member.Name);
                    member.Value.WriteTo(writer);
                }

                writer.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException("An undefined value has no JSON.");
        }
    }

    /// <summary>The value as JSON text; "undefined" for undefined.</summary>
    public override string ToString()
    {
        if (IsUndefined)
        {
            return "undefined";
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteNumber(Utf8JsonWriter writer)
    {
        if (TryGetInteger(out var integer))
        {
            writer.WriteNumberValue(integer);
        }
        else if (double.IsFinite(Number))
        {
            WriteFraction(writer, Number);
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(Number) ? "NaN" : Number > 0 ? "Infinity" : "-Infinity");
        }
    }

    /// <summary>The shortest text that reads back as the same number, with a small e where it has an exponent.</summary>
    private static void WriteFraction(Utf8JsonWriter writer, double number)
    {
        Span<byte> text = stackalloc byte[32];
        Utf8Formatter.TryFormat(number, text, out var length);
        var exponent = text[..length].IndexOf((byte)'E');
        if (exponent >= 0)
        {
            text[exponent] = (byte)'e';
        }

        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
