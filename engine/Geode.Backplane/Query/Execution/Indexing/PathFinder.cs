using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>Recognises <c>c.a.b</c> on the document, which is what an index can hold.</summary>
internal sealed class PathFinder(string alias, QueryOptions options)
{
    /// <summary>A finder for a query that reads documents under a name; null for any other.</summary>
    public static PathFinder? For(SqlQuery query, QueryOptions options) =>
        query.From is { Sources: { Count: > 0 } sources }
        && sources[0] is SqlAliasedSource { Collection: SqlPathCollection { Path.Count: 0 }, BoundName: { } alias }
            ? new PathFinder(alias, options)
            : null;

    public string[]? Find(SqlExpression expression)
    {
        var names = new List<string>();
        while (expression is SqlMember member)
        {
            names.Add(member.Name);
            expression = member.Target;
        }

        names.Reverse();
        return names.Count > 0 && expression is SqlIdentifier { Name: var name } && name == alias && !IsComputed(names[0]) ? [.. names] : null;
    }

    private bool IsComputed(string name) => options.ComputedProperties?.ContainsKey(name) == true;
}
