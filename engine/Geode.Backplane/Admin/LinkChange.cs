using Geode.Backplane.Hosting;
using Geode.Backplane.Replication;

namespace Geode.Backplane.Admin;

/// <summary>What to change of a link; what is absent stays.</summary>
/// <param name="State"><c>up</c> or <c>down</c>.</param>
public sealed record LinkChange(double? DelayMs, double? JitterMs, double? Loss, string? State)
{
    /// <summary>Changes the link if it ends here. A link that starts here is its other end's to change: nothing to do.</summary>
    public static IResult Apply(BackplaneRegion region, string from, string to, LinkChange change)
    {
        var here = region.Node.Region.Name;
        var planet = region.Node.Planet;
        foreach (var name in (string[])[from, to])
        {
            if (!planet.RegionNames.Contains(name))
                return Problem(404, $"Unknown region '{name}'. This planet has: {string.Join(", ", planet.RegionNames)}.");
        }

        if (change.Check() is { } wrong)
            return Problem(400, wrong);
        if (to != here)
            return Results.Json(new { from, to, changed = false, reason = $"This is {here}; a link is changed where it ends." });
        if (region.Replicator.Links.FirstOrDefault(l => l.From.Name == from) is not { } link)
            return Problem(404, $"There is no link from {from} to itself.");
        var now = link.Behaviour;
        link.Behaviour = new LinkBehaviour(
            change.DelayMs ?? now.DelayMs, change.JitterMs ?? now.JitterMs, change.Loss ?? now.Loss, change.State is null ? now.IsUp : change.State == "up");
        return Results.Json(new { from, to, changed = true, link = LinkStatus.Of(region, link) });
    }

    private string? Check()
    {
        if (DelayMs is { } delay && delay is not (>= 0 and <= 600_000))
            return $"delayMs: {delay} is not between 0 and 600000.";
        if (JitterMs is { } jitter && jitter is not (>= 0 and <= 600_000))
            return $"jitterMs: {jitter} is not between 0 and 600000.";
        if (Loss is { } loss && loss is not (>= 0 and < 1))
            return $"loss: {loss} is not at least 0 and below 1.";
        return State is null or "up" or "down" ? null : $"state: '{State}' is not one of up, down.";
    }

    private static IResult Problem(int status, string error) => Results.Json(new { error }, statusCode: status);
}
