using System.Buffers;
using System.Text.Json;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Collects a page's rows as one JSON array, and knows when the page ends.</summary>
internal sealed class PageBuilder
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;
    private readonly QueryLimits _limits;
    private readonly int _maxItems;

    public PageBuilder(QueryLimits limits, int maxItems)
    {
        _limits = limits;
        _maxItems = maxItems > 0 ? maxItems : limits.DefaultItems;
        _writer = new Utf8JsonWriter(_buffer, SqlValue.WriterOptions);
        _writer.WriteStartArray();
    }

    public int Count { get; private set; }

    /// <summary>Rows that still fit.</summary>
    public int Room => _maxItems - Count;

    public bool IsFull => Count >= _maxItems || _buffer.WrittenCount + _writer.BytesPending >= _limits.BytesPerPage;

    public void Add(in SqlValue row)
    {
        row.WriteTo(_writer);
        Count++;
    }

    public void Add(ReadOnlySpan<byte> json)
    {
        _writer.WriteRawValue(json, skipInputValidation: true);
        Count++;
    }

    public QueryPage Build(string? continuation, long documents, string? index)
    {
        _writer.WriteEndArray();
        _writer.Flush();
        return new QueryPage(_buffer.WrittenMemory, Count, continuation, documents, index);
    }
}
