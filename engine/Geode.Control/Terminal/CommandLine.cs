using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Control.Terminal;

/// <summary>The options of a program that runs a planet.</summary>
/// <param name="Geodes">How many; null: as the planet's file says.</param>
/// <param name="Regions">Their names; null: as the planet's file says.</param>
/// <param name="Port">The router's; null: as the planet's file says.</param>
/// <param name="Data">Null: <c>.geode</c> beside the planet's file.</param>
/// <param name="Overrides">Configuration given as <c>--Geode:Key=value</c>.</param>
/// <param name="PassedOn">What belongs to somebody else, as it was given.</param>
/// <param name="HelpShown">Help or the version was asked for and printed; there is nothing more to do.</param>
public sealed record CommandLine(
    int? Geodes,
    IReadOnlyList<string>? Regions,
    int? Port,
    bool Fresh,
    string? Data,
    IReadOnlyDictionary<string, string> Overrides,
    IReadOnlyList<string> PassedOn,
    bool HelpShown = false)
{
    /// <summary>Nothing is said: as the planet's file says.</summary>
    public static CommandLine Nothing { get; } = new(null, null, null, false, null, new Dictionary<string, string>(), []);

    /// <summary>With their dashes.</summary>
    internal static IReadOnlyList<string> OptionNames { get; } = ["--geodes", "--regions", "--port", "--fresh", "--data"];

    private const string OverridePrefix = "--Geode:";

    /// <param name="args">As given.</param>
    /// <param name="output">Where help goes.</param>
    /// <param name="others">Options with a value that somebody else understands; beside them, everything with a colon in its name is passed on.</param>
    /// <exception cref="PlanetException">A bad option or value: which, and what is allowed.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args, TextWriter output, OtherOptions? others = null)
    {
        var (own, passedOn) = others?.Split(args) ?? (args, []);
        var (rest, overrides) = SplitOverrides(own);
        var geodes = new Option<string?>("--geodes") { HelpName = "n", Description = "So many regions, spread over the globe." };
        var regions = new Option<string?>("--regions") { HelpName = "a,b", Description = "These regions. Default: those of geode.json." };
        var port = new Option<string?>("--port") { HelpName = "port", Description = "The router's port, 8080 by default; all others move with it." };
        var fresh = new Option<bool>("--fresh") { Description = "Start with empty replicas." };
        var data = new Option<string?>("--data") { HelpName = "dir", Description = "Where data and logs are kept, .geode by default." };
        var root = new RootCommand(
            "Runs a planet on this machine: a geode per region, the global router, and a control API to break them. "
            + $"Any configuration can be given as {OverridePrefix}Router:LatencyWindowMs=0.")
        {
            geodes, regions, port, fresh, data,
        };
        var parsed = root.Parse(rest);
        if (parsed.Action is HelpAction || parsed.Action?.GetType().DeclaringType == typeof(VersionOption))
        {
            parsed.Invoke(new() { Output = output });
            return new(null, null, null, false, null, overrides, passedOn, HelpShown: true);
        }
        if (parsed.Errors.Count > 0)
            throw new PlanetException($"{OneLine(parsed.Errors[0].Message)} Allowed are {string.Join(", ", root.Options.Select(o => o.Name))} and {OverridePrefix}Key=value{others?.Names}.");
        if (parsed.GetValue(geodes) is not null && parsed.GetValue(regions) is not null)
            throw new PlanetException("--geodes and --regions exclude each other: the first takes spread-out regions, the second those you name.");
        return new(
            Number("--geodes", parsed.GetValue(geodes)),
            parsed.GetValue(regions)?.Split(',', StringSplitOptions.TrimEntries),
            Number("--port", parsed.GetValue(port)),
            parsed.GetValue(fresh),
            parsed.GetValue(data),
            overrides,
            passedOn);
    }

    /// <summary>What is said in place of the planet's file: by this command line before <paramref name="otherwise"/>.</summary>
    public IConfiguration Over(IConfiguration otherwise) => new ConfigurationBuilder()
        .AddConfiguration(otherwise)
        .AddInMemoryCollection(Overrides.Select(o => KeyValuePair.Create(o.Key, (string?)o.Value)))
        .Build();

    private static int? Number(string option, string? value) =>
        value is null ? null
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new PlanetException($"{option}: '{value}' is not a whole number.");

    private static (List<string> Options, Dictionary<string, string> Overrides) SplitOverrides(IReadOnlyList<string> args)
    {
        var rest = new List<string>();
        var overrides = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith(OverridePrefix, StringComparison.OrdinalIgnoreCase))
            {
                rest.Add(args[i]);
                continue;
            }
            var pair = args[i][2..].Split('=', 2);
            if (pair.Length == 1 && (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal)))
                throw new PlanetException($"{args[i]}: a value is missing; write {args[i]}=value.");
            overrides[pair[0]] = pair.Length == 2 ? pair[1] : args[++i];
        }
        return (rest, overrides);
    }

    private static string OneLine(string message)
    {
        var line = string.Join(' ', message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return line.EndsWith('.') ? line : line + ".";
    }
}
