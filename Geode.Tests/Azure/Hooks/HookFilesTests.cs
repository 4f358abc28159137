using Geode.TestKit;
using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure.Hooks;

/// <summary>The hooks that <c>azure.yaml</c> names are there, for every system.</summary>
public sealed class HookFilesTests
{
    private static readonly string[] Hooks = ["preprovision", "postdeploy"];
    private static readonly string[] Settings = ["shell", "run", "interactive", "continueOnError"];

    [Fact]
    public void Every_hook_is_there_for_every_system() => Assert.Empty(Faults(Sources.OfRepository));

    [Theory]
    [InlineData("infra/hooks/postdeploy.ps1", "infra/hooks/postdeploy.cmd", "postdeploy/windows: no file infra/hooks/postdeploy.cmd")]
    [InlineData("run: sh infra/hooks/preprovision.sh", "run: infra/hooks/preprovision.sh", "preprovision/posix: not run by sh")]
    [InlineData("shell: pwsh", "shell: powershell", "preprovision/windows: shell is powershell")]
    [InlineData("interactive: true", "silent: false", "preprovision/posix: silent is no property")]
    [InlineData("continueOnError: false", "continueOnError: true", "preprovision/posix: goes on after a fault")]
    [InlineData("  preprovision:", "  preprovisioning:", "preprovisioning is no hook of these")]
    public void What_azd_would_not_run_is_found(string old, string replacement, string fault) =>
        Assert.Contains(fault, Faults(Sources.OfRepository.With("azure.yaml", old, replacement)));

    /// <summary>Windows PowerShell, which azd takes where there is no other, would read anything else as of its own alphabet.</summary>
    [Fact]
    public void Scripts_are_plain_ASCII() => Assert.All(
        Directory.EnumerateFiles(RepositoryFiles.At("infra", "hooks"), "*", SearchOption.AllDirectories),
        file => Assert.All(File.ReadAllText(file), c => Assert.InRange(c, '\n', '~')));

    /// <summary>The hooks compare names that tools print for people with Azure's own.</summary>
    [Fact]
    public void A_regions_name_is_its_display_name_without_spaces() => Assert.All(
        AzureRegions.All, region => Assert.Equal(region.Name, region.DisplayName.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()));

    private static List<string> Faults(Sources sources)
    {
        var yaml = AzureYaml.Read(sources);
        var faults = new List<string>();
        foreach (var path in yaml.Keys.Where(k => k.StartsWith("hooks/", StringComparison.Ordinal)).Select(k => k.Split('/')))
        {
            if (!Hooks.Contains(path[1]))
                faults.Add($"{path[1]} is no hook of these");
            if (path.Length == 4 && !Settings.Contains(path[3]))
                faults.Add($"{path[1]}/{path[2]}: {path[3]} is no property");
        }

        foreach (var hook in Hooks.SelectMany(h => new[] { $"{h}/posix", $"{h}/windows" }))
        {
            var (run, shell) = (yaml[$"hooks/{hook}/run"], yaml[$"hooks/{hook}/shell"]);
            var isPosix = hook.EndsWith("/posix", StringComparison.Ordinal);
            if (shell != (isPosix ? "sh" : "pwsh"))
                faults.Add($"{hook}: shell is {shell}");
            if (isPosix && !run.StartsWith("sh ", StringComparison.Ordinal))
                faults.Add($"{hook}: not run by sh");
            if (yaml[$"hooks/{hook}/continueOnError"] != "false")
                faults.Add($"{hook}: goes on after a fault");
            var file = run.Split(' ')[^1];
            if (!File.Exists(Path.Combine(Sources.Root, file)))
                faults.Add($"{hook}: no file {file}");
        }

        return faults;
    }
}
