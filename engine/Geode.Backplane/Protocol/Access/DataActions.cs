namespace Geode.Backplane.Protocol.Access;

/// <summary>The actions that Azure's roles for data allow, and which of them a request needs.</summary>
/// <remarks>https://learn.microsoft.com/azure/cosmos-db/reference-data-plane-security</remarks>
public static class DataActions
{
    public const string ReadMetadata = "Microsoft.DocumentDB/databaseAccounts/readMetadata";

    private const string Containers = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/";
    private const string Items = Containers + "items/";

    /// <summary>Every action that a role can name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ReadMetadata,
        Containers + "executeQuery", Containers + "readChangeFeed", Containers + "executeStoredProcedure", Containers + "manageConflicts",
        Items + "create", Items + "read", Items + "replace", Items + "upsert", Items + "delete",
    ];

    /// <summary>What stands for several: <c>…/containers/*</c> for those of containers, <c>…/items/*</c> for those of items.</summary>
    public static IReadOnlyList<string> Wildcards { get; } = [Containers + "*", Items + "*"];

    /// <summary>What a request needs, all of it; empty where no role allows it to anybody.</summary>
    public static IReadOnlyList<string> Of(Ask ask) => ask switch
    {
        Ask.ReadAccount or Ask.ReadDatabase or Ask.ReadContainer or Ask.ListContainers or Ask.ReadRanges or Ask.PlanQuery or Ask.ReadEncryptionKeys => [ReadMetadata],
        Ask.ReadItem => [Items + "read"],
        Ask.CreateItem => [Items + "create"],
        Ask.UpsertItem => [Items + "upsert"],
        Ask.ReplaceItem or Ask.PatchItem => [Items + "replace"],
        Ask.DeleteItem or Ask.DeletePartition => [Items + "delete"],
        // Azure says so of queries by its clients.
        Ask.Query => [Containers + "executeQuery", Containers + "readChangeFeed"],
        Ask.ReadFeed or Ask.ReadChangeFeed => [Containers + "readChangeFeed"],
        Ask.ReadConflicts or Ask.DeleteConflict => [Containers + "manageConflicts"],
        Ask.RunProcedure => [Containers + "executeStoredProcedure"],
        _ => [],
    };

    /// <summary>Whether what a role names, an action or a wildcard, is or takes in that action.</summary>
    public static bool Covers(string named, string action)
    {
        if (!named.EndsWith("/*", StringComparison.Ordinal))
            return named.Equals(action, StringComparison.OrdinalIgnoreCase);
        // A wildcard of containers does not reach down to items.
        var parent = named.AsSpan(0, named.Length - 1);
        return action.AsSpan().StartsWith(parent, StringComparison.OrdinalIgnoreCase) && !action.AsSpan(parent.Length).Contains('/');
    }
}
