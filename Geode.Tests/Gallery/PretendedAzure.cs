using System.Collections.Concurrent;
using System.Net;
using Geode.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Geode.Tests.Gallery;

/// <summary>A planet on loopback, and stand-ins for <c>azd</c> and <c>az</c> that deploy to it. Its visitors are nearest to
/// westeurope; in every fourth round of a drill eastus answers.</summary>
internal sealed class PretendedAzure : IAsyncDisposable
{
    private const string AzdStandIn = """
        #!/bin/sh
        cd "$PRETENDED"
        case "$1 $2" in
          'env get-value') cat "env/$3"; exit ;;
          'env set') printf %s "$4" >"env/$3"; exit ;;
        esac
        case "$*" in
          'deploy api --no-prompt') printf r2 >env/API_REVISION; printf registry/api:2 >env/SERVICE_API_IMAGE_NAME ;;
        esac
        of() { cat "env/API_$1" 2>/dev/null; }
        line="azd $* | live=$(of LIVE_REVISION) candidate=$(of CANDIDATE_REVISION) weight=$(of CANDIDATE_WEIGHT) regions=$(of CANDIDATE_REGIONS)"
        echo "$line" >>log
        if [ -f refused ] && echo "$line" | grep -q "$(cat refused)"; then exit 1; fi
        rm -rf deployed && cp -r env deployed
        """;

    private const string AzStandIn = """
        #!/bin/sh
        echo "az $1 $2 $3 $4" >>"$PRETENDED/log"
        cat "$PRETENDED/revision"
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;
    private int _asked;

    private PretendedAzure(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Where the new version answers with an error.</summary>
    public string[] Broken { get; set; } = [];

    /// <summary>Where the whole service does, whatever the version.</summary>
    public string[] Sick { get; set; } = [];

    /// <summary>Regions in which a visitor was served by the new version, while the old one still kept the rest.</summary>
    public ConcurrentDictionary<string, bool> Tried { get; } = new();

    /// <summary>What was asked of az and deployed by azd, with the settings it was deployed with.</summary>
    public IEnumerable<string> Log => File.Exists(_folder.At("log")) ? File.ReadAllLines(_folder.At("log")) : [];

    public static async Task<PretendedAzure> StartAsync(string revision)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var azure = new PretendedAzure(builder.Build());
        azure._app.Run(azure.AnswerAsync);
        await azure._app.StartAsync();
        azure.Write("revision", revision);
        azure.Set("AZURE_GEODE_HOME_RESOURCE_GROUP", "rg-dev-westeurope");
        azure.Set("AZURE_PLANET_URL", $"{azure.Address}");
        azure.Program("azd", AzdStandIn);
        azure.Program("az", AzStandIn);
        return azure;
    }

    /// <param name="line">A deployment whose line in the log has this is refused.</param>
    public void Refuse(string line) => Write("refused", line);

    /// <summary>A setting of azd's environment; nothing where it is not set.</summary>
    public string Setting(string name) => File.Exists(_folder.At("env", name)) ? File.ReadAllText(_folder.At("env", name)) : "";

    public void Set(string name, string value) => Write($"env/{name}", value);

    /// <summary>Runs a script of <c>infra/</c>.</summary>
    public async Task<(int Code, string Output)> RunAsync(string script, params string[] arguments)
    {
        using var process = Command.Start(
            RepositoryFiles.Root,
            new Dictionary<string, string?>
            {
                ["PATH"] = $"{_folder.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["PRETENDED"] = _folder.Path,
                ["DRILL_ROUNDS"] = "8",
                ["DRILL_PAUSE"] = "0",
            },
            "/bin/sh",
            [$"infra/{script}", .. arguments]);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var region = Interlocked.Increment(ref _asked) % 8 is 5 or 6 ? "eastus" : "westeurope";
        var (live, weight, regions) = (Deployed("API_LIVE_REVISION"), Deployed("API_CANDIDATE_WEIGHT"), Deployed("API_CANDIDATE_REGIONS"));
        var isNew = live.Length > 0 && weight == "100" && (regions.Length == 0 || regions == region);
        if (isNew && regions.Length > 0)
            Tried[region] = true;
        if (context.Request.Path == "/api/planet")
            context.Response.Headers["X-Geode-Region"] = region;
        context.Response.StatusCode = Sick.Contains(region) || (isNew && Broken.Contains(region)) ? 503 : 200;
        return Task.CompletedTask;
    }

    private string Deployed(string name) => File.Exists(_folder.At("deployed", name)) ? File.ReadAllText(_folder.At("deployed", name)) : "";

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(path))!);
        File.WriteAllText(_folder.At(path), text);
    }

    private void Program(string name, string script)
    {
        Write($"bin/{name}", script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.At("bin", name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
