using System.CommandLine;
using Geode.Topology;

namespace Geode.Cli.Commands;

/// <summary>The planet that a command is about: a file, or the geode.json of this folder or one above.</summary>
internal static class PlanetFile
{
    public static Option<FileInfo?> Option(string what = "The planet") => CliOptions.File("--planet", $"{what}; the geode.json of this folder or one above.");

    /// <exception cref="PlanetException">There is none, or it is wrong; one line.</exception>
    public static Planet Load(FileInfo? given) => PlanetLoader.Load(given?.FullName ?? PlanetLoader.Nearest(Directory.GetCurrentDirectory()));
}
