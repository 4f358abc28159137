using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Functions;

/// <summary>Evaluates an expression by itself.</summary>
internal static class Expressions
{
    /// <summary>Its value as JSON, or "undefined".</summary>
    public static string Value(string expression, TimeProvider? clock = null)
    {
        var query = SqlParser.Parse($"SELECT VALUE {expression}");
        var page = new QueryExecutor(clock ?? TimeProvider.System).Execute(query, QueryParameters.None, new TestDocuments(), null, 0);
        return page.Count == 0 ? "undefined" : System.Text.Encoding.UTF8.GetString(page.Items.Span)[1..^1];
    }
}
