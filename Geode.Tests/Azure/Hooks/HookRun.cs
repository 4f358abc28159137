using Geode.TestKit;

namespace Geode.Tests.Azure.Hooks;

/// <summary>What a hook printed.</summary>
internal sealed record HookResult(int ExitCode, string[] Output, string[] Errors);

/// <summary>A copy of the files that hooks read, an environment as azd gives it, and stand-ins for the tools they call: all that a hook
/// finds on its path.</summary>
internal sealed class HookRun : IDisposable
{
    public const string Subscription = "11111111-2222-3333-4444-555555555555";

    /// <summary>Of sh's tools those that every system has.</summary>
    private static readonly string[] Tools = ["awk", "cat", "cut", "date", "dirname", "grep", "sed", "sh", "sleep", "sort", "tr"];

    /// <summary>PowerShell needs it where it was installed as a tool of .NET.</summary>
    private const string OfPowerShell = "dotnet";

    /// <summary>Says what a file says that is named after the command: <c>az-account-show</c>, with its location if it has one.</summary>
    private const string StandIn = """
        #!/bin/sh
        answers=$(dirname "$0")/../answers
        tool=$(sed -n 's/^# //p' "$0")
        printf '%s\n' "$tool $*" >>"$answers/calls"
        name=$tool
        while [ $# -gt 0 ]; do
          case $1 in
            --*) break ;;
          esac
          name=$name-$1
          shift
        done
        while [ $# -gt 0 ]; do
          [ "$1" != --location ] || name=$name-$2
          shift
        done
        if [ -f "$answers/$name.error" ]; then
          cat "$answers/$name.error" >&2
          exit 1
        fi
        if [ -f "$answers/$name" ]; then
          cat "$answers/$name"
          exit 0
        fi
        echo "ERROR: '$name' is misspelled or not recognized by the system." >&2
        exit 2
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _environment = [];

    public HookRun()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.At("infra"), "*", SearchOption.AllDirectories).Append(RepositoryFiles.At("azure.yaml")))
            Write(Path.GetRelativePath(RepositoryFiles.Root, file), File.ReadAllText(file));
        Regions("westeurope", "eastus");
        Directory.CreateDirectory(_folder.At("answers"));
        Directory.CreateDirectory(_folder.At("bin"));
        foreach (var tool in Tools.Append(OfPowerShell).Where(tool => Find(tool) is not null))
            Install(tool);
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOfAzd))
            _environment[name] = null;
        Set("PATH", _folder.At("bin"));
        Set("AZURE_ENV_NAME", "dev");
        Set("AZURE_LOCATION", "westeurope");
        Set("AZURE_SUBSCRIPTION_ID", Subscription);
        Set("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Set("POWERSHELL_UPDATECHECK", "Off");
    }

    /// <summary>Each call of a stand-in, in order.</summary>
    public IReadOnlyList<string> Calls => File.Exists(_folder.At("answers", "calls")) ? File.ReadAllLines(_folder.At("answers", "calls")) : [];

    /// <summary>Where a program is on the tests' own path.</summary>
    public static string? Find(string program) => Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public void Regions(params string[] names) => Write("geode.json", $$"""{ "regions": [{{string.Join(", ", names.Select(n => $"\"{n}\""))}}] }""");

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(path))!);
        File.WriteAllText(_folder.At(path), text);
    }

    public void Set(string variable, string? value) => _environment[variable] = value;

    /// <summary>Real, for it talks to a real server.</summary>
    public void Install(string tool) => File.CreateSymbolicLink(_folder.At("bin", tool), Find(tool)!);

    /// <summary>What a tool prints, a line each. It is installed from then on.</summary>
    public void Answer(string command, params string[] lines) => Say(command, "", lines);

    /// <summary>What a tool fails with.</summary>
    public void Fail(string command, params string[] lines) => Say(command, ".error", lines);

    public async Task<HookResult> RunAsync(string shell, string hook)
    {
        using var process = Command.Start(
            _folder.Path, _environment, Find(shell)!, shell == "pwsh" ? ["-NoProfile", $"infra/hooks/{hook}.ps1"] : [$"infra/hooks/{hook}.sh"]);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, Lines(await output), Lines(await errors));
    }

    public void Dispose() => _folder.Dispose();

    private void Say(string command, string kind, string[] lines)
    {
        var tool = command.Split(' ')[0];
        var script = _folder.At("bin", tool);
        if (!File.Exists(script))
        {
            File.WriteAllText(script, $"{StandIn}\n# {tool}\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Write($"answers/{command.Replace(' ', '-')}{kind}", string.Concat(lines.Select(line => line + "\n")));
    }

    private static bool IsOfAzd(string name) => name.StartsWith("AZURE_", StringComparison.Ordinal)
        || name.StartsWith("PLANET_", StringComparison.Ordinal) || name.StartsWith("GEODE_HOOK_", StringComparison.Ordinal);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
