using System.Reflection;
using System.Runtime.InteropServices;
using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Local;

/// <summary>The source tree this assembly was built in, and where the other projects' builds are. Names derive from this
/// assembly's own, so that a copy of the tree under another name works.</summary>
/// <param name="Root">The folder of the solution and of <c>geode.json</c>.</param>
/// <param name="Prefix">What comes before <c>.Local</c> in this assembly's name.</param>
/// <param name="Output">From a project's folder to its build: <c>bin/Debug/net10.0</c>.</param>
internal sealed record BuiltTree(string Root, string Prefix, string Output)
{
    public string PlanetFile => Path.Combine(Root, PlanetLoader.FileName);

    /// <summary>Searches from the running program's folder upward.</summary>
    /// <exception cref="PlanetException">Not run from a built tree.</exception>
    public static BuiltTree Find(string? from = null)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(from ?? AppContext.BaseDirectory));
        for (var root = new DirectoryInfo(folder); root is not null; root = root.Parent)
        {
            if (File.Exists(Path.Combine(root.FullName, PlanetLoader.FileName)) && root.EnumerateFiles("*.sln*").Any())
                return new(root.FullName, OwnPrefix(), OutputBelowProject(root.FullName, folder));
        }
        throw new PlanetException($"No folder at or above '{folder}' has both {PlanetLoader.FileName} and a solution file (*.sln).");
    }

    /// <summary>At the root what is the user's, below <c>engine/</c> what is not.</summary>
    public string ProjectFolder(ProcessRole role)
    {
        var (own, engine) = (Path.Combine(Root, $"{Prefix}.{role}"), Path.Combine(Root, "engine", $"{Prefix}.{role}"));
        return Directory.Exists(engine) && !Directory.Exists(own) ? engine : own;
    }

    /// <summary>How to run that project's build: its own executable, or <c>dotnet</c> with its assembly.</summary>
    /// <exception cref="PlanetException">It has not been built.</exception>
    public IReadOnlyList<string> Command(ProcessRole role)
    {
        var program = Path.Combine(ProjectFolder(role), Output, $"{Prefix}.{role}");
        var executable = OperatingSystem.IsWindows() ? program + ".exe" : program;
        if (File.Exists(executable))
            return [executable];
        var assembly = program + ".dll";
        return File.Exists(assembly)
            ? [Path.Combine(DotnetRoot, "dotnet"), assembly]
            : throw new PlanetException($"{Prefix}.{role} is not built: there is no '{assembly}'. Build the solution first: dotnet build.");
    }

    /// <summary>The runtime this process runs on, which the children must find too.</summary>
    public static string DotnetRoot { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string OwnPrefix()
    {
        var name = Assembly.GetExecutingAssembly().GetName().Name!;
        return name[..name.LastIndexOf('.')];
    }

    private static string OutputBelowProject(string root, string folder)
    {
        var parts = Path.GetRelativePath(root, folder).Split(Path.DirectorySeparatorChar);
        return parts.Length >= 3 && parts[^3] == "bin"
            ? Path.Combine(parts[^3..])
            : throw new PlanetException($"'{folder}' is not a project's build output (bin/Configuration/framework).");
    }
}
