using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Protocol;

/// <summary>A request's path as pairs of type and name, names where the client gave <c>_rid</c>s: <c>dbs/qna/colls/votes/docs/7</c>.</summary>
/// <param name="Types">Resource types, outermost first; one more than names for a feed.</param>
/// <param name="Names">Names of what they type.</param>
public sealed record ResourcePath(IReadOnlyList<string> Types, IReadOnlyList<string> Names)
{
    /// <summary>The innermost type: <c>docs</c>; empty for the account.</summary>
    public string Type => Types.Count == 0 ? "" : Types[^1];

    public bool IsFeed => Types.Count > Names.Count;

    public string Database => Names[0];

    public string Container => Names[1];

    /// <summary>The innermost name; only when this is no feed.</summary>
    public string Name => Names[^1];

    /// <summary>The path of the first so many pairs, as the catalog knows it.</summary>
    public string Prefix(int pairs) => string.Join('/', Enumerable.Range(0, pairs).Select(i => $"{Types[i]}/{Names[i]}"));

    /// <summary>The resource's own catalog path; for a feed, its parent's.</summary>
    public string Full => Prefix(Names.Count);

    /// <exception cref="ProtocolException">400: not pairs of type and name; 404: a <c>_rid</c> that names nothing.</exception>
    public static ResourcePath Parse(string path, Catalog catalog)
    {
        var segments = path.Trim('/').Split('/');
        if (segments is [""])
            return new ResourcePath([], []);
        if (segments.Any(s => s.Length == 0))
            throw ProtocolException.BadRequest($"The path '{path}' has an empty segment.");
        var types = new List<string>();
        var names = new List<string>();
        for (var i = 0; i < segments.Length; i++)
            (i % 2 == 0 ? types : names).Add(segments[i]);
        var parsed = new ResourcePath(types, names);
        return types[0] == "dbs" && names.Count > 0 && ResourceId.TryParse(names[0], out var id) && id.Kind == ResourceKind.Database && catalog.Find($"dbs/{names[0]}") is null
            ? parsed.WithNames(catalog)
            : parsed;
    }

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

    private ResourcePath WithNames(Catalog catalog)
    {
        var names = Names.ToArray();
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
        }

        return this with { Names = names };
    }
}
