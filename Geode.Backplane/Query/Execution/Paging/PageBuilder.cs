using System.Buffers;
using System.Text.Json;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Collects a page's rows as one JSON array, and knows when the page ends.</summary>
internal sealed class PageBuilder(QueryLimits limits, int maxItems)
{
    private const int SmallestBuffer = 512;
    private const int LargestFirstBuffer = 64 * 1024;

    private readonly int _maxItems = maxItems > 0 ? maxItems : limits.DefaultItems;
    private ArrayBufferWriter<byte>? _buffer;
    private Utf8JsonWriter? _writer;

    public int Count { get; private set; }

    /// <summary>Rows that still fit.</summary>
    public int Room => _maxItems - Count;

    public bool IsFull => Count >= _maxItems || _buffer?.WrittenCount >= limits.BytesPerPage;

    public void Add(in SqlValue row)
    {
        if (row.TryGetJson(out var json))
        {
            Add(json);
            return;
        }

        var buffer = Separate(SmallestBuffer);
        _writer ??= new Utf8JsonWriter(buffer, SqlValue.WriterOptions);
        row.WriteTo(_writer);
        _writer.Flush();
        _writer.Reset();
    }

    public void Add(ReadOnlySpan<byte> json) => Separate(json.Length + 1).Write(json);

    public QueryPage Build(string? continuation, long documents, string? index)
    {
        if (Count == 0)
        {
            return new QueryPage("[]"u8.ToArray(), 0, continuation, documents, index);
        }

        _buffer!.Write("]"u8);
        return new QueryPage(_buffer!.WrittenMemory, Count, continuation, documents, index);
    }

    /// <summary>Opens the array or continues it. The first buffer is sized for a page of rows like the first.</summary>
    private ArrayBufferWriter<byte> Separate(int rowLength)
    {
        _buffer ??= new ArrayBufferWriter<byte>((int)Math.Clamp((long)rowLength * _maxItems, SmallestBuffer, LargestFirstBuffer));
        _buffer.Write(Count++ == 0 ? "["u8 : ","u8);
        return _buffer;
    }
}
