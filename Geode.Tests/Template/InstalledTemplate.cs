using Geode.TestKit;

namespace Geode.Tests.Template;

/// <summary>The template of this repository, installed for the tests alone.</summary>
public sealed class InstalledTemplate : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();
    private readonly string _clone;

    public InstalledTemplate()
        : this(RepositoryFiles.Root)
    {
    }

    /// <param name="clone">A folder that has the repository's <c>.template.config</c>.</param>
    internal InstalledTemplate(string clone) => _clone = clone;

    private Dictionary<string, string?> Environment => new()
    {
        ["DOTNET_CLI_HOME"] = _home.Path,
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
    };

    public Task InitializeAsync() => DotnetNewAsync("install", _clone);

    public Task DisposeAsync()
    {
        _home.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The solution it makes, in a folder that goes with it.</summary>
    internal async Task<TemporaryFolder> NewAsync(string name, string? regions)
    {
        var made = new TemporaryFolder();
        await NewAsync(name, regions, made.Path);
        return made;
    }

    /// <summary>The same in a folder of one's own.</summary>
    internal Task NewAsync(string name, string? regions, string folder) =>
        DotnetNewAsync(["geode", "--no-update-check", "-n", name, "-o", folder, .. regions is null ? Array.Empty<string>() : ["--regions", regions]]);

    private Task DotnetNewAsync(params string[] arguments) =>
        Command.RunAsync(_home.Path, Environment, "dotnet", ["new", .. arguments, "--debug:custom-hive", _home.At("hive")]);
}
