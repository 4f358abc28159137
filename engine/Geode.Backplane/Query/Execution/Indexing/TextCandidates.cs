using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Execution.Paging;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Indexes.FullText;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>Finds the documents that full-text calls can find, by the index, where they are few enough to be worth it.</summary>
internal sealed class TextCandidates(FullTextSession session, IDocumentSource source)
{
    /// <summary>What served the page, as its answer says.</summary>
    public const string Name = "fullText";

    // A document that is gathered and looked up costs about so many times one reached by scanning.
    private const long GatheredCost = 2;

    /// <summary>The documents that can meet a condition; null where that is not known, or not worth it.</summary>
    /// <param name="access">The way in that was chosen so far; null for a scan.</param>
    public ChunkReader? Matching(SqlExpression? where, AccessPath? access)
    {
        if (where is null || Find(where) is not { } texts)
        {
            return null;
        }

        var otherwise = access is null ? source.Count : access.Ranges.Sum(range => (long)access.Indexes.CountOf(access.Index, range));
        return texts.Count * GatheredCost < otherwise ? new GatheredDocuments(texts, source).Read : null;
    }

    /// <summary>The documents with any score, where the order is by score from the best on.</summary>
    public ChunkReader? Best(SqlOrderBy? orderBy)
    {
        if (orderBy is not { Items: [{ Descending: true } item] } || session.SearchOf(item.Expression) is not { } search)
        {
            return null;
        }

        var texts = search.Find();
        return texts.Count * GatheredCost < source.Count ? new GatheredDocuments(texts, source).Read : null;
    }

    private IReadOnlySet<IndexedText>? Find(SqlExpression condition)
    {
        if (condition is not SqlBinary { Operator: SqlBinaryOperator.And or SqlBinaryOperator.Or } chain)
        {
            return session.SearchOf(condition)?.Find();
        }

        var found = LogicalChain.Links(chain).ConvertAll(Find);
        if (chain.Operator == SqlBinaryOperator.And)
        {
            return found.Where(texts => texts is not null).MinBy(texts => texts!.Count);
        }

        if (found.Exists(texts => texts is null))
        {
            return null;
        }

        var all = new HashSet<IndexedText>();
        found.ForEach(texts => all.UnionWith(texts!));
        return all;
    }
}
