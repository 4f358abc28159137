using System.Diagnostics;
using System.Globalization;
using Geode.Control.Ports;
using Geode.Topology;

namespace Geode.Bench.Footprint;

/// <summary>A program as somebody would start it.</summary>
internal sealed record ProgramDescription(string Name, string Folder, IReadOnlyList<string> Command);

/// <summary>A fresh clone of this repository, and the programs in it.</summary>
internal sealed class Clone
{
    private const string Empty = "empty";

    private readonly string _port;

    private Clone(string root)
    {
        Root = root;
        _port = FreePorts.Move(PlanetLoader.Load(At(PlanetLoader.FileName))).Ports.Base.ToString(CultureInfo.InvariantCulture);
    }

    public string Root { get; }

    /// <exception cref="BenchException">This is no clone itself.</exception>
    public static async Task<Clone> MakeAsync(string root, CancellationToken stop)
    {
        var source = Path.GetDirectoryName(PlanetLoader.Nearest(AppContext.BaseDirectory))!;
        await RunAsync(source, stop, "git", "clone", "--quiet", source, root);
        // What was compiled for somebody else still runs, and would help.
        await RunAsync(root, stop, "dotnet", "build-server", "shutdown");
        return new(root);
    }

    public string At(string path) => Path.Combine(Root, path);

    public ProgramDescription Planet(params string[] options) =>
        new("planet", Root, ["dotnet", "run", "--project", "Geode.AppHost", "--", "--port", _port, .. options]);

    public ProgramDescription Built(params string[] options) =>
        new("planet, built", Root, ["dotnet", "run", "--no-build", "--project", "Geode.AppHost", "--", "--port", _port, .. options]);

    /// <summary>The same planet without Aspire.</summary>
    public async Task<ProgramDescription> LocalAsync(CancellationToken stop)
    {
        await RunAsync(Root, stop, "dotnet", "build", "engine/Geode.Local", "-v", "quiet");
        return new("child processes", Root, ["dotnet", "run", "--no-build", "--project", "engine/Geode.Local", "--", "--port", _port, "--data", At(".bench-local")]);
    }

    /// <summary>An app host with nothing in it, built like the other one.</summary>
    public async Task<ProgramDescription> EmptyAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(At(Path.Combine(Empty, "Properties")));
        File.Copy(At("Geode.AppHost/Properties/launchSettings.json"), At($"{Empty}/Properties/launchSettings.json"));
        File.Copy(At("Geode.AppHost/appsettings.json"), At($"{Empty}/appsettings.json"));
        await File.WriteAllTextAsync(At($"{Empty}/Program.cs"), "DistributedApplication.CreateBuilder(args).Build().Run();\n", stop);
        var project = await File.ReadAllTextAsync(At("Geode.AppHost/Geode.AppHost.csproj"), stop);
        await File.WriteAllTextAsync(At($"{Empty}/{Empty}.csproj"), string.Join('\n', project.Split('\n').Where(line => !line.Contains("ProjectReference", StringComparison.Ordinal))), stop);
        await RunAsync(Root, stop, "dotnet", "build", Empty, "-v", "quiet");
        return new("empty app host", Root, ["dotnet", "run", "--no-build", "--project", Empty]);
    }

    private static async Task RunAsync(string folder, CancellationToken stop, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        if (process.ExitCode != 0)
            throw new BenchException($"{program} {string.Join(' ', arguments)}: {string.Join('\n', await said)}");
    }
}
