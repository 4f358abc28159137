using System.Globalization;
using System.Text.Json;

namespace Geode.Backplane.Storage.Ranges;

/// <summary>A container's ranges as catalog resources, so that they replicate: how many there were at first, and one for each range that
/// was split. Two regions that split one range at the same time write the same.</summary>
public static class RangeCatalog
{
    private const string First = "first";

    /// <summary>How many ranges a new container has at first; goes into the commit that creates it, before it.</summary>
    internal static Operation Begin(ulong container, int ranges) =>
        Put(container, First, JsonSerializer.SerializeToUtf8Bytes(new { ranges }));

    internal static Operation Split(ulong container, int range) =>
        Put(container, range.ToString(CultureInfo.InvariantCulture), "{}"u8.ToArray());

    /// <summary>The container that a catalog path is about ranges of; null for any other path.</summary>
    internal static ulong? ContainerOf(string path) =>
        path.Split('/') is ["ranges", var container, _] ? ulong.Parse(container, CultureInfo.InvariantCulture) : null;

    /// <summary>The layout of a container.</summary>
    /// <param name="byDefault">How many first ranges a container has that says nothing of it.</param>
    internal static RangeLayout LayoutOf(Catalog catalog, ulong container, int byDefault)
    {
        var first = catalog.FindAny(PathOf(container, First)) is { } entry ? FirstOf(entry.Json) : byDefault;
        var prefix = PathOf(container, "");
        return RangeLayout.Of(first).With(catalog.StartingWith(prefix).Select(e => e.Path[prefix.Length..]).Where(n => n != First).Select(n => int.Parse(n, CultureInfo.InvariantCulture)));
    }

    private static int FirstOf(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("ranges"u8).GetInt32();
    }

    private static Operation Put(ulong container, string name, byte[] json) => new(OperationKind.PutResource, container, 1, PathOf(container, name), "", json);

    private static string PathOf(ulong container, string name) => string.Create(CultureInfo.InvariantCulture, $"ranges/{container}/{name}");
}
