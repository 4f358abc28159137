namespace Geode.Topology;

/// <summary>What Cosmos DB accepts as the id of a database or container.</summary>
internal static class CosmosNames
{
    public const string Pattern = @"^[^/\\#?]{0,254}[^/\\#? ]$";

    public static string Legal(JsonPlace place, string what, string? fallback = null)
    {
        var name = place.Text(fallback);
        return name.Length is >= 1 and <= 255 && name.IndexOfAny(['/', '\\', '#', '?']) < 0 && name[^1] != ' ' && !name.Any(char.IsControl)
            ? name
            : throw place.Error($"'{name.ReplaceLineEndings(" ")}' is not a legal {what} name; "
                + "allowed are 1 to 255 characters other than / \\ # ? and not ending with a space");
    }
}
