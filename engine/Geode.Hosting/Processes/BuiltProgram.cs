using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Geode.Topology;

namespace Geode.Hosting.Processes;

/// <summary>Runs what the build made of a project, where Aspire would ask <c>dotnet run</c> to look for changes first: ten times seconds
/// of processor time at every start.</summary>
internal static class BuiltProgram
{
    // Set by an editor that wants to start the processes itself, and debug them.
    private const string DebugSession = "DEBUG_SESSION_PORT";

    /// <exception cref="PlanetException">It is not built.</exception>
    public static IResourceBuilder<T> RunAsBuilt<T>(this IResourceBuilder<T> project)
        where T : ProjectResource
    {
        var (builder, metadata) = (project.ApplicationBuilder, project.Resource.GetProjectMetadata());
        if (!builder.ExecutionContext.IsRunMode || !string.IsNullOrEmpty(builder.Configuration[DebugSession]))
            return project;
        return project.WithAnnotation(new ExecutableAnnotation
        {
            // Not by way of dotnet run: what is killed and frozen has to be the program itself.
            Command = Find(metadata.ProjectPath, AppContext.BaseDirectory) ?? throw new PlanetException(
                $"{Path.GetFileNameWithoutExtension(metadata.ProjectPath)} is not built where {AppContext.BaseDirectory} would have it beside itself "
                + "(bin, configuration, framework). Build the solution first: dotnet build."),
            WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)!,
        });
    }

    /// <param name="projectPath">Of its <c>.csproj</c>.</param>
    /// <param name="ownOutput">Of the running program: <c>…/bin/Debug/net10.0/</c>. The other was built beside it, in the same way.</param>
    /// <returns>Null: there is none, as in an unusual layout of folders.</returns>
    internal static string? Find(string projectPath, string ownOutput)
    {
        var parts = Path.TrimEndingDirectorySeparator(Path.GetFullPath(ownOutput)).Split(Path.DirectorySeparatorChar);
        // bin/Debug/net10.0, or one folder more for a kind of machine.
        var output = Array.LastIndexOf(parts, "bin");
        if (output < 0 || parts.Length - output is not (3 or 4))
            return null;
        var name = Path.GetFileNameWithoutExtension(projectPath) + (OperatingSystem.IsWindows() ? ".exe" : "");
        var program = Path.Combine([Path.GetDirectoryName(projectPath)!, .. parts[output..], name]);
        return File.Exists(program) ? program : null;
    }
}
