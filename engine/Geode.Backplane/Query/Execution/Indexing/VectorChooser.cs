using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage.Vectors;
using Geode.Backplane.Storage.Vectors.Search;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>Decides how an order by distance gets at its documents. It looks at candidates in the order of their distance until
/// enough of them are rows, so a choice can be slow but, where the index is exact, not wrong.</summary>
internal sealed class VectorChooser
{
    // To measure the distance of every document in a scope, one by one, is worth it when they are so small a part of all...
    private const long PartOfAll = 16;

    // ...or no more than these.
    private const long Few = 1_000;

    private readonly VectorIndex _index;
    private readonly VectorTarget _target;
    private readonly VectorSearchOptions _options;
    private readonly IDocumentSource _source;

    private VectorChooser(VectorIndex index, VectorTarget target, VectorOptions options, IDocumentSource source)
    {
        (_index, _target, _source) = (index, target, source);
        _options = new VectorSearchOptions(options.BruteForce, options.SearchListSizeMultiplier, options.QuantizedVectorListMultiplier);
    }

    /// <summary>The path of the index, as in <c>/text/embedding</c>.</summary>
    public string Path => _index.Definition.Path;

    /// <summary>A chooser for a query that is ordered by the distance from a constant to a path with an index; null for any other.</summary>
    /// <param name="query">As it was written.</param>
    public static VectorChooser? For(SqlQuery query, IDocumentSource source, ExpressionCompiler expressions, QueryParameters parameters, QueryOptions options)
    {
        if (source.Vectors is not { } indexes || !options.UseIndexes || query.OrderBy is not { Items: { Count: 1 } items } || PathFinder.For(query, options) is not { } paths
            || VectorCall.Of(items[0].Expression, VectorSearch.RootOf(query)!, options.Vectors, parameters) is not { } call)
        {
            return null;
        }

        var (first, second) = (call.Call.Arguments[0], call.Call.Arguments[1]);
        var constants = new ConstantReader(expressions);
        if (!constants.TryRead(second, out var vector) && constants.TryRead(first, out vector))
        {
            first = second;
        }

        // A vector of another kind or length is not near to anything, which a scan finds out.
        return paths.Find(first) is { } path && indexes.Find("/" + string.Join('/', path)) is { } index
            && index.Definition.DataType == call.DataType
            && call.DataType.Read(vector) is { } numbers && numbers.Length == index.Definition.Dimensions
            && VectorTarget.Of(numbers, call.Function) is { } target
                ? new VectorChooser(index, target, call.Options, source)
                : null;
    }

    /// <param name="access">The way in by the conditions of the query, if there is one.</param>
    /// <param name="isLimited">Not all rows are wanted. Where they are, page by page, none may be missed.</param>
    public NeighborSearch Choose(AccessPath? access, bool isLimited)
    {
        if (access is not null && IsSmall(access.Count()))
        {
            return _index.SearchAmong(_target, new CandidateReader(access, _source).Read);
        }

        return (IsSmall(_source.Count) ? null : _index.Search(_target, _options with { Exact = _options.Exact || !isLimited })) ?? _index.SearchAmong(_target, _source.ReadChunk);
    }

    private bool IsSmall(long documents) => documents <= Math.Max(Few, _index.Count / PartOfAll);
}
