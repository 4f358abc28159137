using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Scripts;

/// <summary>The links that scripts call their collection and its items by: by number (<c>dbs/…/colls/…/docs/…/</c>, an item's <c>_self</c>)
/// or by name.</summary>
internal sealed class ScriptLinks(Container container, string path)
{
    public string Self => $"dbs/{container.Rid.DatabaseId}/colls/{container.Rid}/";

    /// <summary><c>dbs/NAME/colls/NAME</c>.</summary>
    public string Alt => path;

    public bool IsCollection(string? link) => link?.Trim('/') is { } trimmed && (trimmed == Self.Trim('/') || trimmed == Alt.Trim('/'));

    /// <summary>The id of the item that a link is of.</summary>
    /// <exception cref="ScriptException">404: the link is none of this collection's, or nothing has that number.</exception>
    public string IdOf(string? link, IEnumerable<Operation> changes)
    {
        var trimmed = link?.Trim('/') ?? "";
        if (trimmed.StartsWith($"{Alt.Trim('/')}/docs/", StringComparison.Ordinal))
            return trimmed[(trimmed.LastIndexOf('/') + 1)..];
        if (trimmed.StartsWith($"{Self}docs/", StringComparison.Ordinal) && ResourceId.TryParse(trimmed.AsSpan(trimmed.LastIndexOf('/') + 1), out var rid))
            return changes.FirstOrDefault(c => c.Rid == rid.Number)?.Id ?? Stored(rid.Number) ?? throw new ScriptException($"No item is called '{link}'.", 404);
        throw new ScriptException($"'{link}' is no item of the script's collection; a script reaches no other.", 404);
    }

    private string? Stored(ulong number)
    {
        var buffer = new IDocument[1];
        return container.Partitions.Select(p => p.ReadByRid(number - 1, buffer) == 1 && buffer[0].Rid == number ? ((Document)buffer[0]).Id : null).FirstOrDefault(id => id is not null);
    }
}
