namespace Geode.Backplane.Admin;

/// <summary><c>PUT /_backplane/failover</c> with <c>{"to": "eastus"}</c>: that region takes writes from now on. Told to any replica; the others
/// hear it from there.</summary>
/// <param name="To">A region's name.</param>
public sealed record FailoverChange(string? To)
{
    /// <summary>Who takes writes, and who would be next.</summary>
    public static IResult Show(RegionNode node) => node.Writes is not { } writes
        ? Problem(409, "Every region of this account takes writes: there is nothing to fail over. geode.json: backplane.writeRegions.")
        : Results.Json(new
        {
            failoverPriorities = writes.Order.Priorities,
            writable = writes.Listed(node.Planet.Backplane),
            term = writes.Order.Term,
        });

    public IResult Apply(RegionNode node)
    {
        if (node.Writes is not { } writes)
            return Show(node);
        var names = node.Planet.RegionNames;
        if (To is null || !names.Contains(To))
            return Problem(400, $"to: '{To}' is not a region of this planet; allowed are {string.Join(", ", names)}.");
        if (To != node.Region.Name && !node.Regions.IsListed(node.Planet.Region(To)))
            return Problem(409, $"{To} is offline; revive it first.");
        writes.Announce(To);
        return Show(node);
    }

    private static IResult Problem(int status, string error) => Results.Json(new { error }, statusCode: status);
}
