using Geode.Control.Processes;
using Geode.Local;
using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Local.Tests;

public sealed class BuiltTreeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("planet-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_root_is_the_nearest_folder_with_the_planet_and_a_solution_of_any_name()
    {
        Write("geode.json");
        Write("Weather.sln");
        var output = Directory.CreateDirectory(Path.Combine(_root, "Weather.AppHost", "bin", "Release", "net10.0")).FullName;

        var tree = BuiltTree.Find(output + Path.DirectorySeparatorChar);

        Assert.Equal(_root, tree.Root);
        Assert.Equal(Path.Combine("bin", "Release", "net10.0"), tree.Output);
        Assert.Equal("Weather", tree.Solution);
    }

    [Fact]
    public void Of_several_solutions_it_is_the_one_the_service_is_called_after()
    {
        foreach (var file in (string[])["geode.json", "All.sln", "Weather.Api/Weather.Api.csproj", "Weather.slnx"])
            Write(file);
        var output = Directory.CreateDirectory(Path.Combine(_root, "Weather.AppHost", "bin", "Debug", "net10.0")).FullName;

        Assert.Equal("Weather", BuiltTree.Find(output).Solution);
    }

    [Fact]
    public void Programs_of_the_service_are_called_after_the_solution()
    {
        Write("Weather.Api/bin/Debug/net10.0/Weather.Api.dll");
        var tree = new BuiltTree(_root, "Weather", Path.Combine("bin", "Debug", "net10.0"));

        var command = tree.Command(ProcessRole.Api);

        Assert.Equal("dotnet", Path.GetFileName(command[0]));
        Assert.True(File.Exists(command[0]) || OperatingSystem.IsWindows());
        Assert.Equal(Path.Combine(_root, "Weather.Api", "bin", "Debug", "net10.0", "Weather.Api.dll"), command[1]);
    }

    [Fact]
    public void Programs_of_the_engine_keep_their_names()
    {
        Write("Weather.Api/bin/Debug/net10.0/Weather.Api.dll");
        Write("engine/Geode.Router/bin/Debug/net10.0/Geode.Router.dll");
        var tree = new BuiltTree(_root, "Weather", Path.Combine("bin", "Debug", "net10.0"));

        Assert.Equal(Path.Combine(_root, "Weather.Api"), tree.ProjectFolder(ProcessRole.Api));
        Assert.Equal(Path.Combine(_root, "engine", "Geode.Router"), tree.ProjectFolder(ProcessRole.Router));
        Assert.Equal(Path.Combine(_root, "engine", "Geode.Router", "bin", "Debug", "net10.0", "Geode.Router.dll"), tree.Command(ProcessRole.Router)[1]);
    }

    [Fact]
    public void What_is_not_built_is_named_with_the_remedy()
    {
        var tree = new BuiltTree(_root, "Weather", Path.Combine("bin", "Debug", "net10.0"));

        var wrong = Assert.Throws<PlanetException>(() => tree.Command(ProcessRole.Router));

        Assert.Contains("Geode.Router is not built", wrong.Message);
        Assert.Contains("dotnet build", wrong.Message);
    }

    [Fact]
    public void Outside_of_a_tree_it_says_what_it_looked_for()
    {
        var wrong = Assert.Throws<PlanetException>(() => BuiltTree.Find(_root));

        Assert.Contains("geode.json", wrong.Message);
        Assert.Contains("*.sln", wrong.Message);
    }

    private void Write(string path)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "{}");
    }
}
