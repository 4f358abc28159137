using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Geode.Hosting.Processes;

/// <summary>Runs what the build made of a project, where Aspire would ask <c>dotnet run</c> to look for changes first: ten times seconds
/// of processor time at every start.</summary>
internal static class BuiltProgram
{
    // Set by an editor that wants to start the processes itself, and debug them.
    private const string DebugSession = "DEBUG_SESSION_PORT";

    public static IResourceBuilder<T> RunAsBuilt<T>(this IResourceBuilder<T> project)
        where T : ProjectResource
    {
        var (builder, metadata) = (project.ApplicationBuilder, project.Resource.GetProjectMetadata());
        if (!builder.ExecutionContext.IsRunMode || !string.IsNullOrEmpty(builder.Configuration[DebugSession]))
            return project;
        return Find(metadata.ProjectPath, AppContext.BaseDirectory) is { } program
            ? project.WithAnnotation(new ExecutableAnnotation { Command = program, WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)! })
            : project;
    }

    /// <param name="projectPath">Of its <c>.csproj</c>.</param>
    /// <param name="ownOutput">Of the running program: <c>…/bin/Debug/net10.0/</c>. The other was built beside it, in the same way.</param>
    /// <returns>Null: there is none, as in an unusual layout of folders.</returns>
    internal static string? Find(string projectPath, string ownOutput)
    {
        var parts = Path.TrimEndingDirectorySeparator(Path.GetFullPath(ownOutput)).Split(Path.DirectorySeparatorChar);
        if (parts.Length < 3 || parts[^3] != "bin")
            return null;
        var name = Path.GetFileNameWithoutExtension(projectPath) + (OperatingSystem.IsWindows() ? ".exe" : "");
        var program = Path.Combine([Path.GetDirectoryName(projectPath)!, .. parts[^3..], name]);
        return File.Exists(program) ? program : null;
    }
}
