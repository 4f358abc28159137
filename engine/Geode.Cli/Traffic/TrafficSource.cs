using System.CommandLine;
using Geode.Topology;

namespace Geode.Cli.Traffic;

/// <summary>Where measured traffic is read from: a file, or the router of a planet that runs.</summary>
internal static class TrafficSource
{
    /// <summary>The option of every command that takes measured traffic.</summary>
    public static Option<string?> Option(string otherwise) => new("--traffic")
    {
        Description = $"Measured: a CSV of place,requests, or the address of a running planet's router admin, such as http://127.0.0.1:8081. {otherwise}",
        HelpName = "FILE|URL",
    };

    /// <summary>What is said of a command that does without.</summary>
    public const string Alike = "Without it requests come from each of the known cities alike.";

    /// <summary>What was measured; where nothing was given, each of the known cities alike.</summary>
    /// <exception cref="CliException">One line that says what is wrong with it.</exception>
    public static IReadOnlyList<UserGroup> ReadOrAlike(string? given) => Read(given) ?? Shares.Of([.. Places.All.Select(p => new UserGroup(p, 1))])!;

    /// <returns>Null: nothing was given.</returns>
    /// <exception cref="CliException">One line that says what is wrong with it.</exception>
    public static IReadOnlyList<UserGroup>? Read(string? given) =>
        given is null ? null : Router(given) is { } router ? RouterTraffic.Read(router) : TrafficFile.Read(new(given));

    /// <returns>Null: it is a file.</returns>
    public static Uri? Router(string given) => Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
