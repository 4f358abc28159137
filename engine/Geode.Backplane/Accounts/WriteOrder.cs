using Geode.Topology;

namespace Geode.Backplane.Accounts;

/// <summary>Who takes writes in an account with one write region: the first of the order. Whoever knows a later one is right.</summary>
/// <param name="Term">Grows with every fail-over; 0 is the planet's own order. Two regions that each think themselves the first that is there
/// give two orders the same one.</param>
/// <param name="Priorities">All regions, in the order in which they take over from each other.</param>
/// <param name="Leaving">Who took writes before; null: nobody.</param>
/// <param name="AnnouncedMs">When the fail-over was announced, in Unix milliseconds.</param>
public sealed record WriteOrder(long Term, IReadOnlyList<string> Priorities, string? Leaving = null, long AnnouncedMs = 0)
{
    public static WriteOrder Of(Planet planet) => new(0, planet.RegionNames);

    public string Writer => Priorities[0];

    /// <summary>Whether this one counts and not the other: the later term, and of two of the same term the one whose writer comes first in the
    /// planet, so that all come to the same.</summary>
    public bool Beats(WriteOrder other, Planet planet) =>
        Term > other.Term || (Term == other.Term && PlaceOf(Writer, planet) < PlaceOf(other.Writer, planet));

    /// <summary>The order that makes a region the writer; the others move up or down behind it.</summary>
    public WriteOrder Promoting(string region, long announcedMs) =>
        new(Term + 1, [region, .. Priorities.Where(p => p != region)], Writer, announcedMs);

    /// <summary>The same order of the planet's present regions: new ones come last.</summary>
    public WriteOrder Within(Planet planet)
    {
        var names = planet.RegionNames;
        return Priorities.Count == names.Count && Priorities.All(names.Contains)
            ? this
            : this with { Priorities = [.. Priorities.Where(names.Contains), .. names.Except(Priorities)] };
    }

    /// <summary>Whether a region accepts writes: the writer at once, the one before it until the switch.</summary>
    public bool Takes(string region, BackplaneSettings settings, long nowMs) =>
        region == Writer || (region == Leaving && nowMs < AnnouncedMs + settings.FailoverSwitchMs);

    /// <summary>The write regions that the account lists: both, until the list narrows.</summary>
    public IReadOnlyList<string> Listed(BackplaneSettings settings, long nowMs) =>
        Leaving is { } leaving && nowMs < AnnouncedMs + settings.FailoverNarrowMs && Priorities.Contains(leaving) ? [Writer, leaving] : [Writer];

    // One that has left the planet comes last.
    private static int PlaceOf(string region, Planet planet) => planet.Find(region)?.Index ?? int.MaxValue;
}
