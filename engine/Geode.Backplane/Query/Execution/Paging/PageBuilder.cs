using System.Text.Json;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Collects a page's rows as one JSON array, and knows when the page ends.</summary>
internal sealed class PageBuilder(QueryLimits limits, int maxItems) : IDisposable
{
    private readonly int _maxItems = maxItems > 0 ? maxItems : limits.DefaultItems;
    private readonly PooledBuffer _buffer = new();
    private Utf8JsonWriter? _writer;

    public int Count { get; private set; }

    /// <summary>Rows that still fit.</summary>
    public int Room => _maxItems - Count;

    public bool IsFull => Count >= _maxItems || _buffer.Length >= limits.BytesPerPage;

    public void Add(in SqlValue row)
    {
        if (row.TryGetJson(out var json))
        {
            Add(json);
            return;
        }

        Separate();
        _writer ??= new Utf8JsonWriter(_buffer, SqlValue.WriterOptions);
        row.WriteTo(_writer);
        _writer.Flush();
        _writer.Reset();
    }

    public void Add(ReadOnlySpan<byte> json)
    {
        Separate();
        _buffer.Append(json);
    }

    public QueryPage Build(string? continuation, long documents, int seeks, string? index)
    {
        _buffer.Append(Count == 0 ? "[]"u8 : "]"u8);
        return new QueryPage(_buffer.ToArray(), Count, continuation, documents, seeks, index);
    }

    public void Dispose() => _buffer.Dispose();

    private void Separate() => _buffer.Append(Count++ == 0 ? "["u8 : ","u8);
}
