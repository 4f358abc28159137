using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Protocol;

/// <summary>A request's path as pairs of type and name, names where the client gave <c>_rid</c>s: <c>dbs/qna/colls/votes/docs/7</c>.</summary>
/// <param name="Types">Resource types, outermost first; one more than names for a feed.</param>
/// <param name="Names">Names of what they type.</param>
public sealed record ResourcePath(string[] Types, string[] Names)
{
    private static readonly ResourcePath Account = new([], []);

    /// <summary>The innermost type: <c>docs</c>; empty for the account.</summary>
    public string Type => Types.Length == 0 ? "" : Types[^1];

    public bool IsFeed => Types.Length > Names.Length;

    public string Database => Names[0];

    public string Container => Names[1];

    /// <summary>The innermost name; only when this is no feed.</summary>
    public string Name => Names[^1];

    /// <summary>The path of the first so many pairs, as the catalog knows it.</summary>
    public string Prefix(int pairs) => string.Join('/', Enumerable.Range(0, pairs).Select(i => $"{Types[i]}/{Names[i]}"));

    /// <summary>The resource's own catalog path; for a feed, its parent's.</summary>
    public string Full => Prefix(Names.Length);

    /// <exception cref="ProtocolException">400: not pairs of type and name; 404: a <c>_rid</c> that names nothing.</exception>
    public static ResourcePath Parse(string path, Catalog catalog)
    {
        var pairs = path.AsSpan().Trim('/');
        if (pairs.IsEmpty)
            return Account;
        var segments = pairs.Count('/') + 1;
        var types = new string[(segments + 1) / 2];
        var names = new string[segments / 2];
        var at = 0;
        foreach (var range in pairs.Split('/'))
        {
            var segment = pairs[range];
            if (segment.IsEmpty)
                throw ProtocolException.BadRequest($"The path '{path}' has an empty segment.");
            if (at % 2 == 0)
                types[at++ / 2] = TypeOf(segment);
            else
                names[at++ / 2] = segment.ToString();
        }

        var parsed = new ResourcePath(types, names);
        return types[0] == "dbs" && names.Length > 0 && ResourceId.TryParse(names[0], out var id) && id.Kind == ResourceKind.Database && catalog.Find($"dbs/{names[0]}") is null
            ? parsed.WithNames(catalog)
            : parsed;
    }

    private static string TypeOf(ReadOnlySpan<char> segment) => segment switch
    {
        "dbs" => "dbs",
        "colls" => "colls",
        "docs" => "docs",
        _ => segment.ToString(),
    };

    // How clients read the current version of a conflict.
    private static string ItemOf(Container container, string rid)
    {
        var found = new IDocument[1];
        if (ResourceId.TryParse(rid, out var id) && id.Kind == ResourceKind.Document)
        {
            foreach (var partition in container.Partitions)
            {
                if (partition.ReadByRid(id.Number - 1, found) == 1 && found[0].Rid == id.Number)
                    return ((Document)found[0]).Id;
            }
        }

        throw ProtocolException.NotFound($"No item has the _rid '{rid}'.");
    }

    private static string ScriptOf(Catalog catalog, string siblings, string rid)
    {
        foreach (var script in catalog.Below(siblings))
        {
            using var definition = JsonDocument.Parse(script.Json);
            if (definition.RootElement.GetProperty("_rid"u8).ValueEquals(rid))
                return script.Name;
        }

        throw ProtocolException.NotFound($"No script has the _rid '{rid}'.");
    }

    private ResourcePath WithNames(Catalog catalog)
    {
        string[] names = [.. Names];
        var database = ResourceId.Parse(names[0]).Database;
        names[0] = catalog.Below("dbs/").FirstOrDefault(d => d.Number == database)?.Name ?? throw ProtocolException.NotFound($"No database has the _rid '{names[0]}'.");
        if (names.Length > 1 && Types[1] == "colls")
        {
            names[1] = ResourceId.TryParse(names[1], out var id) && id.Kind == ResourceKind.Collection
                && catalog.FindContainer((ulong)id.Database << 32 | id.Collection) is { } container
                    ? container.Settings.Name
                    : throw ProtocolException.NotFound($"No container has the _rid '{names[1]}'.");
            if (names.Length > 2 && Types[2] == "docs")
                names[2] = ItemOf(container, names[2]);
            else if (names.Length > 2 && Types[2] is ("sprocs" or "triggers" or "udfs"))
                names[2] = ScriptOf(catalog, $"dbs/{names[0]}/colls/{names[1]}/{Types[2]}/", names[2]);
        }

        return this with { Names = names };
    }
}
