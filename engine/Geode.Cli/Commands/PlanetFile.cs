using System.CommandLine;
using Geode.Topology;

namespace Geode.Cli.Commands;

/// <summary>The planet that a command is about: a file, or the geode.json of this folder or one above.</summary>
internal static class PlanetFile
{
    public static Option<FileInfo?> Option(string what = "The planet") => CliOptions.File("--planet", $"{what}; the geode.json of this folder or one above.");

    /// <summary>The planet without its edge, which no cloud is paid for and which serves nobody but its own.</summary>
    /// <exception cref="PlanetException">There is none, or it is wrong; one line.</exception>
    public static Planet Load(FileInfo? given)
    {
        var planet = PlanetLoader.Load(given?.FullName ?? PlanetLoader.Nearest(Directory.GetCurrentDirectory()));
        return planet with { Regions = planet.Core };
    }
}
