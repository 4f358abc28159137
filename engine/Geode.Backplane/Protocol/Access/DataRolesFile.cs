using System.Text.Json;
using Geode.Topology;

namespace Geode.Backplane.Protocol.Access;

/// <summary>Roles and assignments from a file, in the words of Azure's templates:
/// <c>{"roleDefinitions": [{"id", "roleName", "permissions": [{"dataActions": []}], "assignableScopes": []}], "roleAssignments": [{"principalId",
/// "roleDefinitionId", "scope"}]}</c>. The built-in roles need no definition.</summary>
public static class DataRolesFile
{
    // Azure names a scope from the subscription on; what counts here comes after the account.
    private const string AccountType = "/databaseAccounts/";

    /// <exception cref="PlanetException">It cannot be read, or something in it is wrong; says what and what is allowed.</exception>
    public static DataRoles Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanetException($"--entra-roles: '{path}' cannot be read: {e.Message}", e);
        }
    }

    internal static DataRoles Parse(string path, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new FormatException("it must be an object with 'roleDefinitions' and 'roleAssignments'");
            foreach (var member in root.EnumerateObject())
            {
                if (member.Name is not ("roleDefinitions" or "roleAssignments"))
                    throw new FormatException($"'{member.Name}' is not one of roleDefinitions, roleAssignments");
            }

            var definitions = List(root, "roleDefinitions").Select(Definition).ToArray();
            return new DataRoles([.. List(root, "roleAssignments").Select(a => Assignment(a, definitions))]);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new PlanetException($"--entra-roles: '{path}': {e.Message}.", e);
        }
    }

    private static (DataRole Role, string[] Scopes) Definition(JsonElement json)
    {
        var id = Text(json, "id", "a role definition");
        var what = $"the role definition '{id}'";
        if (LastOf(id) == DataRoles.Reader.Id || LastOf(id) == DataRoles.Contributor.Id)
            throw new FormatException($"{what} is built in and cannot be defined");
        string[] actions = [.. List(json, "permissions").SelectMany(p => Texts(p, "dataActions", what))];
        if (actions.Length == 0)
            throw new FormatException($"{what} has no permissions with dataActions");
        foreach (var action in actions)
        {
            if (!DataActions.All.Concat(DataActions.Wildcards).Contains(action, StringComparer.OrdinalIgnoreCase))
                throw new FormatException($"{what} has the data action '{action}', which is not one of {string.Join(", ", DataActions.All.Concat(DataActions.Wildcards))}");
        }

        string[] scopes = [.. Texts(json, "assignableScopes", what).Select(s => Scope(s, what))];
        return (new DataRole(LastOf(id), json.TryGetProperty("roleName", out _) ? Text(json, "roleName", what) : id, actions), scopes.Length == 0 ? ["/"] : scopes);
    }

    private static DataRoleAssignment Assignment(JsonElement json, (DataRole Role, string[] Scopes)[] definitions)
    {
        var principal = Text(json, "principalId", "a role assignment");
        var what = $"the role assignment of '{principal}'";
        var id = LastOf(Text(json, "roleDefinitionId", what));
        (DataRole Role, string[] Scopes)[] known = [(DataRoles.Reader, ["/"]), (DataRoles.Contributor, ["/"]), .. definitions];
        if (known.FirstOrDefault(d => d.Role.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is not { Role: { } role } found)
            throw new FormatException($"{what} has the roleDefinitionId '{id}', which is not one of {string.Join(", ", known.Select(d => $"{d.Role.Id} ({d.Role.Name})"))}");
        var scope = json.TryGetProperty("scope", out _) ? Scope(Text(json, "scope", what), what) : "/";
        if (!found.Scopes.Any(s => s == "/" || scope == s || scope.StartsWith(s + "/", StringComparison.Ordinal)))
            throw new FormatException($"{what} has the scope '{scope}', but the role can be assigned to {string.Join(", ", found.Scopes)} only");
        return new DataRoleAssignment(principal, role, scope);
    }

    private static string Scope(string text, string what)
    {
        if (text.IndexOf(AccountType, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
            text = text[(at + AccountType.Length)..] is var rest && rest.Contains('/') ? rest[rest.IndexOf('/')..] : "/";
        var scope = text.Length > 1 ? text.TrimEnd('/') : text;
        return scope.Split('/') is ["", ""] or ["", "dbs", { Length: > 0 }] or ["", "dbs", { Length: > 0 }, "colls", { Length: > 0 }]
            ? scope
            : throw new FormatException($"{what} has the scope '{text}': it is /, /dbs/DATABASE or /dbs/DATABASE/colls/CONTAINER");
    }

    private static string LastOf(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static IEnumerable<JsonElement> List(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var list))
            return [];
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new FormatException($"'{name}' must be an array");
    }

    private static IEnumerable<string> Texts(JsonElement json, string name, string what) => List(json, name).Select(text =>
        text.ValueKind == JsonValueKind.String ? text.GetString()! : throw new FormatException($"'{name}' of {what} must be an array of strings"));

    private static string Text(JsonElement json, string name, string what) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } value
            ? value
            : throw new FormatException($"{what} has no string '{name}'");
}
