using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Local;

/// <summary>The source tree this assembly was built in, and where the other projects' builds are. The service is called after its
/// solution (<c>Weather.sln</c>: <c>Weather.Api</c>), the engine keeps its names under every solution.</summary>
/// <param name="Root">The folder of the solution and of <c>geode.json</c>.</param>
/// <param name="Solution">The solution's name: what comes before <c>.Api</c> and <c>.Worker</c>.</param>
/// <param name="Output">From a project's folder to its build: <c>bin/Debug/net10.0</c>.</param>
internal sealed record BuiltTree(string Root, string Solution, string Output)
{
    private const string Engine = "Geode";
    private static readonly string[] SolutionFiles = ["*.sln", "*.slnx"];

    public string PlanetFile => Path.Combine(Root, PlanetLoader.FileName);

    /// <summary>Searches from the running program's folder upward.</summary>
    /// <exception cref="PlanetException">Not run from a built tree.</exception>
    public static BuiltTree Find(string? from = null)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(from ?? AppContext.BaseDirectory));
        for (var root = new DirectoryInfo(folder); root is not null; root = root.Parent)
        {
            if (File.Exists(Path.Combine(root.FullName, PlanetLoader.FileName)) && SolutionIn(root) is { } solution)
                return new(root.FullName, solution, OutputBelowProject(root.FullName, folder));
        }
        throw new PlanetException($"No folder at or above '{folder}' has both {PlanetLoader.FileName} and a solution file (*.sln, *.slnx).");
    }

    /// <summary>At the root what is the user's, below <c>engine/</c> what is not.</summary>
    public string ProjectFolder(ProcessRole role) =>
        IsTheService(role) ? Path.Combine(Root, Project(role)) : Path.Combine(Root, "engine", Project(role));

    /// <summary>How to run that project's build: its own executable, or <c>dotnet</c> with its assembly.</summary>
    /// <exception cref="PlanetException">It has not been built.</exception>
    public IReadOnlyList<string> Command(ProcessRole role)
    {
        var program = Path.Combine(ProjectFolder(role), Output, Project(role));
        var executable = OperatingSystem.IsWindows() ? program + ".exe" : program;
        if (File.Exists(executable))
            return [executable];
        var assembly = program + ".dll";
        return File.Exists(assembly)
            ? [Path.Combine(DotnetRoot.Path, "dotnet"), assembly]
            : throw new PlanetException($"{Project(role)} is not built: there is no '{assembly}'. Build the solution first: dotnet build.");
    }

    private string Project(ProcessRole role) => $"{(IsTheService(role) ? Solution : Engine)}.{role}";

    private static bool IsTheService(ProcessRole role) => role is ProcessRole.Api or ProcessRole.Worker;

    /// <summary>Of several solutions the one that the service is called after.</summary>
    private static string? SolutionIn(DirectoryInfo root) =>
        SolutionFiles.SelectMany(root.EnumerateFiles).Select(f => Path.GetFileNameWithoutExtension(f.Name))
            .OrderByDescending(name => Directory.Exists(Path.Combine(root.FullName, $"{name}.{ProcessRole.Api}")))
            .FirstOrDefault();

    private static string OutputBelowProject(string root, string folder)
    {
        var parts = Path.GetRelativePath(root, folder).Split(Path.DirectorySeparatorChar);
        return parts.Length >= 3 && parts[^3] == "bin"
            ? Path.Combine(parts[^3..])
            : throw new PlanetException($"'{folder}' is not a project's build output (bin/Configuration/framework).");
    }
}
