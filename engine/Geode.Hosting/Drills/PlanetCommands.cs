using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Geode.Topology;

#pragma warning disable ASPIREINTERACTION001 // Typed arguments of commands.

namespace Geode.Hosting.Drills;

/// <summary>What can be done to a planet: cut it, make it whole, send it simulated clients, say how far its steward goes.</summary>
internal static class PlanetCommands
{
    private const string Groups = "groups";
    private const string Clients = "clients";
    private const string Rate = "rate";
    private const string Mode = "mode";
    private const string Day = "day";

    public static void AddTo(IResourceBuilder<PlanetResource> planet)
    {
        planet.WithCommand("partition", "Partition", PartitionAsync, new()
        {
            Description = "Cut the links between groups of regions, in both directions.",
            IconName = "Cut",
            Arguments = [new() { Name = Groups, Label = "Groups", Description = "Regions with commas, groups with semicolons.", InputType = InputType.Text, Required = true, Placeholder = Example(planet.Resource) }],
            ValidateArguments = context => ValidateGroups(context, planet.Resource),
        });
        planet.WithCommand("heal", "Heal", context => SendAsync(HttpMethod.Post, "/heal", null, "All links are up.", context), new()
        {
            Description = "All links up.",
            IconName = "LinkAdd",
            IsHighlighted = true,
        });
        planet.WithCommand("load", "Load", LoadAsync, new()
        {
            Description = "Simulated clients all over the globe read and write.",
            IconName = "PeopleAdd",
            Arguments =
            [
                new() { Name = Clients, Label = "Clients", InputType = InputType.Number, Value = "44", Required = true },
                new() { Name = Rate, Label = "Requests per second, of all together", InputType = InputType.Number, Value = "20", Required = true },
                new() { Name = Day, Label = "Minutes that a day takes", Description = "Each city asks by the hour its sun shows. Empty: always as much.", InputType = InputType.Number },
            ],
            ValidateArguments = ValidateLoad,
        });
        planet.WithCommand("stop-load", "Stop load", context => SendAsync(HttpMethod.Delete, "/load", null, "No simulated clients any more.", context), new()
        {
            Description = "Send the simulated clients home.",
            IconName = "PeopleProhibited",
        });
        planet.WithCommand("steward", "Steward", StewardAsync, new()
        {
            Description = "How far the steward goes: plans are shown, shown with what they would change, or applied.",
            IconName = "BrainCircuit",
            Arguments =
            [
                new()
                {
                    Name = Mode, Label = "Mode", InputType = InputType.Choice, Required = true, Value = "advise",
                    Options = [.. StewardSettings.Modes.Select(mode => KeyValuePair.Create(mode, mode))],
                },
            ],
        });
        planet.WithCommand("undo", "Undo plans", context => SendAsync(HttpMethod.Post, "/steward/undo", null, "What plans did is undone.", context), new()
        {
            Description = "End what plans have done: floors, shares and drains. The steward then holds still for a while.",
            IconName = "ArrowUndo",
        });

        Task<ExecuteCommandResult> SendAsync(HttpMethod method, string path, object? body, string done, ExecuteCommandContext context) =>
            ControlCall.SendAsync(planet.Resource.Planet, method, path, body, done, context.CancellationToken);

        Task<ExecuteCommandResult> PartitionAsync(ExecuteCommandContext context)
        {
            var groups = Parse(context.Arguments.GetString(Groups));
            return SendAsync(HttpMethod.Post, "/partition", new { groups }, "The links between the groups are down.", context);
        }

        Task<ExecuteCommandResult> StewardAsync(ExecuteCommandContext context)
        {
            var mode = context.Arguments.GetString(Mode);
            return SendAsync(HttpMethod.Put, "/steward", new { mode }, $"The steward's mode is {mode}.", context);
        }

        Task<ExecuteCommandResult> LoadAsync(ExecuteCommandContext context)
        {
            var clients = Number(context.Arguments.GetString(Clients));
            var rate = Number(context.Arguments.GetString(Rate));
            var minutes = Number(context.Arguments.GetString(Day));
            return SendAsync(
                HttpMethod.Put, "/load", new { clients = (int?)clients, requestsPerSecond = rate, day = minutes is null ? null : new { minutes } },
                $"{clients} clients, {rate} requests per second{(minutes is null ? "" : $", a day in {minutes} minutes")}.", context);
        }
    }

    internal static IReadOnlyList<IReadOnlyList<string>> Parse(string? text) =>
    [
        .. (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(group => group.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    private static string Example(PlanetResource planet) =>
        planet.Planet.Regions.Count < 2 ? "" : $"{planet.Planet.RegionNames[0]};{string.Join(',', planet.Planet.RegionNames.Skip(1))}";

    private static Task ValidateGroups(InputsDialogValidationContext context, PlanetResource planet)
    {
        var input = context.Inputs[Groups];
        var names = Parse(input.Value).SelectMany(g => g).ToList();
        foreach (var unknown in names.Except(planet.Planet.RegionNames, StringComparer.OrdinalIgnoreCase))
            context.AddValidationError(input, $"'{unknown}' is no region of this planet; it has {string.Join(", ", planet.Planet.RegionNames)}.");
        if (names.Count == 0)
            context.AddValidationError(input, $"Name at least one region, as in {Example(planet)}.");
        return Task.CompletedTask;
    }

    private static Task ValidateLoad(InputsDialogValidationContext context)
    {
        foreach (var (name, most) in new[] { (Clients, 1000), (Rate, 5000) })
        {
            var input = context.Inputs[name];
            if (Number(input.Value) is not { } value || value <= 0 || value > most || (name == Clients && value != Math.Floor(value)))
                context.AddValidationError(input, $"'{input.Value}' is not possible; allowed are {(name == Clients ? "whole numbers from 1" : "numbers above 0")} to {most}.");
        }
        var day = context.Inputs[Day];
        if (!string.IsNullOrWhiteSpace(day.Value) && Number(day.Value) is not (>= 0.5 and <= 1440))
            context.AddValidationError(day, $"'{day.Value}' is not possible; allowed are numbers from 0.5 to 1440, and none.");
        return Task.CompletedTask;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
