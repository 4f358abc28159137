using System.IO.Compression;
using Geode.TestKit;

namespace Geode.Tests.Packages;

/// <summary>All packages of the solution, made from what is built.</summary>
public sealed class PackedEngine : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Where they are: a source of packages.</summary>
    internal string Folder => _folder.Path;

    /// <summary>Without version.</summary>
    internal IEnumerable<string> Names => Directory.EnumerateFiles(_folder.Path, "*.nupkg").Select(f => Name(Path.GetFileName(f)));

    public Task InitializeAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Command.RunAsync(
            RepositoryFiles.Root, new Dictionary<string, string?>(), "dotnet", "pack", "Geode.sln", "--no-build", "-c", configuration, "-o", _folder.Path, "-v", "quiet");
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    internal ZipArchive Open(string name) =>
        ZipFile.OpenRead(Directory.EnumerateFiles(_folder.Path, "*.nupkg").Single(f => Name(Path.GetFileName(f)) == name));

    private static string Name(string file) => string.Join('.', file.Split('.').TakeWhile(part => !char.IsAsciiDigit(part[0])));
}
