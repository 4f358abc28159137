using System.Globalization;

namespace Geode.Cli.Fit;

/// <summary>By what the pattern fits or does not: the criteria of its own description, and what follows from a store that takes writes in every
/// region. See <see href="https://learn.microsoft.com/azure/architecture/patterns/geodes">the Geode pattern</see>.</summary>
internal static class Criteria
{
    /// <summary>From this share of requests on, one region is enough for distance.</summary>
    public const double Near = 0.95;

    /// <summary>From this share on, requests are heavily weighted towards one region.</summary>
    public const double Heavy = 0.75;

    /// <summary>The bound of distance where the description has none, ms there and back.</summary>
    public const double UsualMs = 100;

    private const string Stamps = "deployment stamps behind a router that knows in which stamp a tenant's data is";
    private const string Zones = "one region with availability zones, and its paired region for the day it is lost";

    /// <summary>All findings, in a fixed order.</summary>
    public static IReadOnlyList<Finding> Of(SystemDescription system) =>
        [Distance(system), Availability(system), Residence(system), Session(system), Platforms(system), Consistent(system)];

    private static Finding Distance(SystemDescription system)
    {
        if (system.LatencyMs is null)
            return new("distance", Speaks.Neither, "Distance does not matter to its users, so geodes near them gain nothing.", Zones);
        var reach = Reach.Best(system.Users, system.LatencyMs.Value);
        var share = Percent(reach.Share);
        var counted = system.IsMeasured ? " (measured)" : "";
        if (reach.Share >= Near)
            return new("distance", Speaks.Neither, $"{share} of its requests{counted} are within {Ms(system.LatencyMs.Value)} of {reach.Region.Name} alone: no geographical distribution is needed.", Zones);
        return reach.Share >= Heavy
            ? new("distance", Speaks.Against, $"{share} of its requests{counted} are within {Ms(system.LatencyMs.Value)} of {reach.Region.Name}: the load is heavily weighted towards one region, and all others would be paid for by the rest.", Stamps)
            : new("distance", Speaks.For, $"No one region is near to its users: the best, {reach.Region.Name}, has {share} of the requests{counted} within {Ms(system.LatencyMs.Value)}, and the farthest place is {Ms(reach.WorstMs)} away.");
    }

    private static Finding Availability(SystemDescription system) => system.Survives switch
    {
        Loss.Regions => new("availability", Speaks.For, "It has to go on when several regions are lost at once, which active geodes do without anyone deciding to fail over."),
        Loss.Region => new("availability", Speaks.For, "It has to go on when a region is lost, and geodes are in use all the time, so that fail-over is never untried."),
        Loss.Zone => new("availability", Speaks.Neither, "It has to go on when a zone is lost: one region with zones does that.", Zones),
        _ => new("availability", Speaks.Neither, "It may be away for a while, so redundancy over regions is paid for and not used.", "one region; a backup elsewhere"),
    };

    private static Finding Residence(SystemDescription system) => system.Residency switch
    {
        Residency.All => new("residency", Speaks.RulesOut, "Its data may not leave where it is, and every geode holds all data.", Stamps),
        Residency.Some => new("residency", Speaks.Against, "Some of its data may not leave where it is, and every geode holds all data.", $"{Stamps} for that data; geodes for the rest"),
        _ => new("residency", Speaks.Neither, "Its data may be everywhere."),
    };

    private static Finding Session(SystemDescription system) => system.SessionState is SessionState.Process
        ? new("session state", Speaks.RulesOut, "What one request leaves for the next is in a process's memory, so that not every geode can serve every request.", $"moving it into the request or the store; until then {Stamps}")
        : new("session state", Speaks.Neither, "Any geode can take any request.");

    private static Finding Platforms(SystemDescription system) => system.Platform switch
    {
        Platform.Legacy => new("platform", Speaks.RulesOut, "The pattern is for what is built for the cloud; it is hard to put into a legacy platform.", "availability zones or a cluster over paired regions for what there is; geodes for a part that is built anew"),
        Platform.CloudNative => new("platform", Speaks.Neither, "It is built for the cloud: its store and its feeds have to change, not its shape."),
        _ => new("platform", Speaks.Neither, "It is new: nothing has to be rebuilt."),
    };

    private static Finding Consistent(SystemDescription system) => system.Consistency is Consistency.Strong
        ? new("consistency", Speaks.RulesOut, "Everyone must see the latest write, and of two writers one must be refused: a store that takes writes in every region can promise neither.", "a store with one write region and strong consistency; readers near their users where old answers are fine")
        : new("consistency", Speaks.Neither, "A write may arrive elsewhere a moment later, and two at once can be made one.");

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Ms(double ms) => string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms");
}
