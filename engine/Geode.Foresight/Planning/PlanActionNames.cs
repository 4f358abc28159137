using Geode.Topology;

namespace Geode.Foresight.Planning;

/// <summary>Kinds of action as <c>geode.json</c> and reports write them.</summary>
public static class PlanActionNames
{
    private static readonly IReadOnlyList<(string Name, PlanActions Action)> All =
    [
        (RegionAutonomy.Scale, PlanActions.Scale),
        (RegionAutonomy.Steer, PlanActions.Steer),
        (RegionAutonomy.Drain, PlanActions.Drain),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Of(PlanActions actions) => [.. All.Where(of => actions.HasFlag(of.Action)).Select(of => of.Name)];

    /// <summary>The actions of those names; a name that is none counts for nothing.</summary>
    public static PlanActions Parse(IEnumerable<string?> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Aggregate(PlanActions.None, (all, name) => all | All.FirstOrDefault(of => of.Name == name).Action);
    }
}
