using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Geode.Hosting.Processes;

#pragma warning disable ASPIREINTERACTION001 // Typed arguments of commands.

namespace Geode.Hosting.Drills;

/// <summary>What can be done to a geode: in the dashboard, by <c>aspire resource geode-westeurope kill</c>, from code.</summary>
internal static class GeodeCommands
{
    private const string Mode = "mode";
    private const string Count = "count";
    private const string Automatic = "auto";
    private const string Zone = "zone";
    private const string Action = "action";

    private static readonly string[] OfZone = ["kill", "freeze", "thaw", "revive"];

    /// <summary>Those that a replica knows.</summary>
    internal static IReadOnlyList<string> Modes { get; } =
        ["hang", "refuse", "reset", "unavailable", "draining", "write-forbidden", "stale", "throttled", "gone", "none"];

    public static void AddTo(IResourceBuilder<GeodeResource> geode)
    {
        Add(geode, "kill", "Kill", "SIGKILL to all processes of the geode: nothing is said good-bye to.", "PlugDisconnected", s => s != KnownResourceStates.Exited);
        Add(geode, "freeze", "Freeze", "SIGSTOP: its processes accept connections and answer nothing.", "Pause", s => s is not GeodeState.Frozen and not "Exited");
        Add(geode, "thaw", "Thaw", "SIGCONT: they go on where they stood still.", "Play", s => s == GeodeState.Frozen);
        Add(geode, "revive", "Revive", "Start what does not run, and wait until the geode is healthy.", "ArrowClockwise", s => s is not "Running" and not "Starting" and not GeodeState.Draining);
        Add(geode, "drain", "Drain", "The router sends it no new requests.", "ArrowExit", s => s != GeodeState.Draining);
        Add(geode, "undrain", "Undrain", "The router sends it requests again.", "ArrowEnter", s => s == GeodeState.Draining);
        AddOutage(geode);
        AddScale(geode);
        if (geode.Resource.Region.Zones > 1)
            AddZone(geode);
    }

    private static void Add(
        IResourceBuilder<GeodeResource> geode, string name, string title, string description, string icon, Func<string?, bool> enabled)
    {
        var (planet, region) = (geode.Resource.Planet.Planet, geode.Resource.Region.Name);
        geode.WithCommand(
            name, title,
            context => ControlCall.SendAsync(planet, HttpMethod.Post, $"/regions/{region}/{name}", null, $"{title}: {region}.", context.CancellationToken),
            new()
            {
                Description = description,
                IconName = icon,
                IsHighlighted = name is "kill" or "revive",
                UpdateState = context => enabled(context.ResourceSnapshot.State?.Text) ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });
    }

    private static void AddOutage(IResourceBuilder<GeodeResource> geode)
    {
        var (planet, region) = (geode.Resource.Planet.Planet, geode.Resource.Region.Name);
        geode.WithCommand(
            "outage", "Outage",
            context =>
            {
                var mode = context.Arguments.GetString(Mode) ?? "";
                return ControlCall.SendAsync(planet, HttpMethod.Put, $"/regions/{region}/outage", new { mode }, $"The replica of {region}: {mode}.", context.CancellationToken);
            },
            new()
            {
                Description = "What the region's replica does to its clients, while its processes run.",
                IconName = "CloudError",
                Arguments = [Choice(Mode, "Mode", Modes)],
            });
    }

    private static void AddZone(IResourceBuilder<GeodeResource> geode)
    {
        var (planet, region) = (geode.Resource.Planet.Planet, geode.Resource.Region);
        List<string> zones = [.. region.ZoneNumbers.Select(region.GeodeOf)];
        geode.WithCommand(
            "zone", "Zone",
            context =>
            {
                var (zone, action) = (context.Arguments.GetString(Zone), context.Arguments.GetString(Action));
                return ControlCall.SendAsync(planet, HttpMethod.Post, $"/regions/{zone}/{action}", null, $"{action}: {zone}.", context.CancellationToken);
            },
            new()
            {
                Description = "What is done to the geode of one zone: its Api and its Worker there.",
                IconName = "BuildingMultiple",
                Arguments = [Choice(Zone, "Zone", zones), Choice(Action, "What", OfZone)],
            });
    }

    private static InteractionInput Choice(string name, string label, IReadOnlyList<string> options) => new()
    {
        Name = name,
        Label = label,
        InputType = InputType.Choice,
        Required = true,
        Value = options[0],
        Options = [.. options.Select(option => KeyValuePair.Create(option, option))],
    };

    private static void AddScale(IResourceBuilder<GeodeResource> geode)
    {
        var (planet, region) = (geode.Resource.Planet.Planet, geode.Resource.Region);
        var (least, most) = (planet.Scale.LeastOf(region), planet.Scale.MostOf(region));
        geode.WithCommand(
            "scale", "Scale",
            context =>
            {
                var count = int.TryParse(context.Arguments.GetString(Count), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
                return ControlCall.SendAsync(
                    planet, HttpMethod.Put, $"/regions/{region.Name}/instances", new { count },
                    count is null ? $"{region.Name}: as many instances as the autoscaler says." : $"{region.Name}: {count} instances.", context.CancellationToken);
            },
            new()
            {
                Description = "How many instances of its Api the geode has.",
                IconName = "ScaleFill",
                Arguments =
                [
                    new()
                    {
                        Name = Count, Label = "Instances", InputType = InputType.Choice, Required = true, Value = Automatic,
                        Options = [KeyValuePair.Create(Automatic, "As the autoscaler says"), .. Enumerable.Range(least, most - least + 1).Select(n => n.ToString(CultureInfo.InvariantCulture)).Select(n => KeyValuePair.Create(n, n))],
                    },
                ],
            });
    }
}
