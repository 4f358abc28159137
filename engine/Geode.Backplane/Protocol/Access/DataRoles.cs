namespace Geode.Backplane.Protocol.Access;

/// <summary>A role: what it allows, wherever it is assigned.</summary>
/// <param name="Actions">Of <see cref="DataActions.All"/> and <see cref="DataActions.Wildcards"/>.</param>
public sealed record DataRole(string Id, string Name, IReadOnlyList<string> Actions);

/// <summary>Somebody has a role somewhere.</summary>
/// <param name="Principal">The object id of a person, an application or a group; null: everybody.</param>
/// <param name="Scope"><c>/</c>, <c>/dbs/{database}</c> or <c>/dbs/{database}/colls/{container}</c>, without a slash at the end.</param>
public sealed record DataRoleAssignment(string? Principal, DataRole Role, string Scope);

/// <summary>Which principals may do what where.</summary>
public sealed class DataRoles(IReadOnlyList<DataRoleAssignment> assignments)
{
    public static DataRole Reader { get; } = new(
        "00000000-0000-0000-0000-000000000001",
        "Cosmos DB Built-in Data Reader",
        [.. DataActions.All.Where(a => a == DataActions.ReadMetadata || a.EndsWith("/read", StringComparison.Ordinal) || a.EndsWith("/executeQuery", StringComparison.Ordinal) || a.EndsWith("/readChangeFeed", StringComparison.Ordinal))]);

    public static DataRole Contributor { get; } = new("00000000-0000-0000-0000-000000000002", "Cosmos DB Built-in Data Contributor", [DataActions.ReadMetadata, .. DataActions.Wildcards]);

    /// <summary>Everybody is a contributor: where no roles are given.</summary>
    public static DataRoles Open { get; } = new([new DataRoleAssignment(null, Contributor, "/")]);

    /// <param name="scope">What the request is about, as <see cref="DataRoleAssignment.Scope"/>.</param>
    public bool Allow(EntraPrincipal principal, string action, string scope) =>
        Of(principal).Any(a => Contains(a.Scope, scope) && a.Role.Actions.Any(named => DataActions.Covers(named, action)));

    /// <summary>Whether it is allowed anywhere at all: what the account says of itself, whoever has any role for metadata may read.</summary>
    public bool AllowAnywhere(EntraPrincipal principal, string action) =>
        Of(principal).Any(a => a.Role.Actions.Any(named => DataActions.Covers(named, action)));

    private IEnumerable<DataRoleAssignment> Of(EntraPrincipal principal) =>
        assignments.Where(a => a.Principal is null || a.Principal.Equals(principal.Id, StringComparison.OrdinalIgnoreCase) || principal.Groups.Contains(a.Principal, StringComparer.OrdinalIgnoreCase));

    private static bool Contains(string outer, string inner) =>
        outer == "/" || inner == outer || (inner.StartsWith(outer, StringComparison.Ordinal) && inner[outer.Length] == '/');
}
