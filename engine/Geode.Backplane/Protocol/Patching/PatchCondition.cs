using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Protocol.Patching;

/// <summary>A patch's filter predicate: <c>FROM c WHERE …</c> over the one item that is to be patched.</summary>
public sealed class PatchCondition
{
    private readonly SqlQuery _query;

    private PatchCondition(SqlQuery query) => _query = query;

    /// <exception cref="FormatException">The text is no such clause.</exception>
    public static PatchCondition Parse(string text)
    {
        try
        {
            return new PatchCondition(ParsedQueryCache.Shared.Parse($"SELECT VALUE 1 {text}"));
        }
        catch (SqlQueryException e)
        {
            throw new FormatException($"The patch condition '{text}' is not of the form FROM c WHERE …: {string.Join(" ", e.Errors.Select(x => x.Message))}", e);
        }
    }

    /// <exception cref="FormatException">The condition cannot be evaluated.</exception>
    public bool Holds(ReadOnlyMemory<byte> item, TimeProvider time)
    {
        try
        {
            return new QueryExecutor(time).Execute(_query, QueryParameters.None, new OneItem(item), null, 1).Count > 0;
        }
        catch (QueryException e)
        {
            throw new FormatException($"The patch condition cannot be evaluated: {e.Message}", e);
        }
    }

    private sealed class OneItem(ReadOnlyMemory<byte> json) : IDocumentSource, IDocument
    {
        public long Count => 1;

        public PathIndexes? Indexes => null;

        public ulong Rid => 1;

        public ReadOnlyMemory<byte> Json => json;

        public bool Contains(IDocument document) => true;

        public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
        {
            if (afterRid >= Rid)
                return 0;
            buffer[0] = this;
            return 1;
        }
    }
}
