using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>A query whose names are seen through.</summary>
/// <param name="Filter">What must be true of a row for it to be yielded.</param>
/// <param name="Value">What is yielded; undefined where the query aggregates or groups in a way that cannot be seen through.</param>
/// <param name="DropsUndefined">A row whose value is undefined is not yielded.</param>
/// <param name="Names">What the query's own names stand for.</param>
internal sealed record ResolvedQuery(SqlExpression Filter, SqlExpression Value, bool DropsUndefined, ResolvedNames Names);

/// <summary>What names stand for, in one query and those around it.</summary>
internal sealed class ResolvedNames(ResolvedNames? outer)
{
    private readonly Dictionary<string, SqlExpression> _meanings = new(StringComparer.Ordinal);

    public void Add(string name, SqlExpression meaning) => _meanings[name] = meaning;

    public SqlExpression? Find(string name) => _meanings.TryGetValue(name, out var meaning) ? meaning : outer?.Find(name);
}
