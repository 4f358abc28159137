using Geode.Control.Instances;

namespace Geode.Hosting.Processes;

/// <summary>A geode's instances as the dashboard shows them.</summary>
internal static class InstancesText
{
    /// <summary>What runs, what will, the limits, and who decides.</summary>
    public static string Of(InstancesView instances)
    {
        var now = instances.Asleep ? "asleep" : instances.Starting > 0 ? $"{instances.Running} and {instances.Starting} starting" : $"{instances.Running}";
        var floor = instances.Floor is { } least ? $", at least {least} by the plan" : "";
        return $"{now} ({instances.Least} to {instances.Most}{(instances.Fixed is { } count ? $", fixed at {count}" : floor)})";
    }
}
