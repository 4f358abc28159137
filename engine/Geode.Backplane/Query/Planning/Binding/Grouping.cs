using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>What a grouped query lets its SELECT and ORDER BY refer to: its GROUP BY keys, and anything inside an aggregate.</summary>
internal sealed class Grouping(IEnumerable<SqlExpression> keys, Func<string, SourceSpan, SqlError> error)
{
    private readonly HashSet<SqlExpression> _keys = [.. keys.Select(Normal.Of)];

    public bool IsKey(SqlExpression expression) => _keys.Count > 0 && _keys.Contains(Normal.Of(expression));

    public SqlError Violation(SqlExpression path) => error(SqlWriter.Write(path), path.Span);

    /// <summary>One spelling for what means the same: <c>c["a"]</c> as <c>c.a</c>, functions in upper case.</summary>
    private sealed class Normal : SqlRewriter
    {
        private static readonly Normal Instance = new();

        public static SqlExpression Of(SqlExpression expression) => Instance.Rewrite(expression);

        public override SqlExpression Rewrite(SqlExpression expression) => base.Rewrite(expression) switch
        {
            SqlMember { Bracketed: true } member => member with { Bracketed = false },
            SqlFunctionCall { Udf: false } call => call with { Name = call.Name.ToUpperInvariant() },
            var same => same,
        };
    }
}
