using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Rewriting;

/// <summary>The name by which a rewritten query calls the documents: the alias of the first source, else the container as it is written.</summary>
internal static class RootName
{
    public static string Of(SqlQuery query)
    {
        var source = query.From!.Sources[0];
        if (source is SqlAliasedSource { Alias: { } alias }) return alias;
        return source.Collection is SqlSubqueryCollection { Query.From: not null } subquery
            ? Of(subquery.Query)
            : ((SqlPathCollection)source.Collection).Root;
    }
}
