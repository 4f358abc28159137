namespace Geode.Cli.Traffic;

/// <summary>Brings shares to a sum of 1, the largest first.</summary>
internal static class Shares
{
    /// <returns>Null: they add up to nothing.</returns>
    public static List<UserGroup>? Of(IReadOnlyList<UserGroup> users)
    {
        var all = users.Sum(u => u.Share);
        return all > 0 && double.IsFinite(all) ? [.. users.Where(u => u.Share > 0).Select(u => u with { Share = u.Share / all }).OrderByDescending(u => u.Share)] : null;
    }
}
