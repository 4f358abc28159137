using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Geode.TestKit;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>What <c>azd up</c> does with <c>azure.yaml</c> and <c>infra/</c>, as far as files decide it: parameters from the
/// environment, <c>main.bicep</c>, its outputs into the environment, then each service's own template.</summary>
internal sealed partial class Azd
{
    private static readonly ConcurrentDictionary<string, Task<Azd>> Done = [];

    private readonly Sources _sources;
    private readonly Dictionary<string, string> _environment;

    private Azd(Sources sources, Dictionary<string, string> environment) => (_sources, _environment) = (sources, environment);

    public required Deployment Main { get; init; }

    public Dictionary<string, Deployment> Services { get; } = [];

    public IReadOnlyDictionary<string, string> Environment => _environment;

    public IEnumerable<Deployed> Resources => Main.Resources.Concat(Services.Values.SelectMany(s => s.Resources));

    public IEnumerable<Deployed> Apps => Resources.Where(r => r.Type == "Microsoft.App/containerApps");

    public Deployed App(string name, string region) => Apps.Single(r => r.Name == name && r.Body.At("location").Text() == region);

    /// <summary>The only resource whose type ends like this.</summary>
    public Deployed One(string type) => Resources.Single(r => r.Type.EndsWith(type, StringComparison.Ordinal));

    /// <summary>Everything but the apps.</summary>
    /// <exception cref="BicepException">What would stop it.</exception>
    public static Task<Azd> ProvisionAsync(
        Sources sources, string name = "dev", string location = "westeurope", params (string Name, string Value)[] settings) =>
        OnceAsync(sources, name, location, settings, services: false);

    /// <summary>Everything.</summary>
    /// <exception cref="BicepException">What would stop it.</exception>
    public static Task<Azd> UpAsync(
        Sources sources, string name = "dev", string location = "westeurope", params (string Name, string Value)[] settings) =>
        OnceAsync(sources, name, location, settings, services: true);

    /// <summary>Variables that a parameters file refers to.</summary>
    public static IEnumerable<string> Variables(Sources sources, string path) =>
        Reference().Matches(sources.Read(path)).Select(m => m.Groups["name"].Value);

    /// <summary>Many tests look at the same planet.</summary>
    private static Task<Azd> OnceAsync(Sources sources, string name, string location, (string Name, string Value)[] settings, bool services) =>
        Done.GetOrAdd($"{sources}|{name}|{location}|{string.Join(',', settings)}|{services}", _ => RunAsync(sources, name, location, settings, services));

    private static async Task<Azd> RunAsync(Sources sources, string name, string location, (string Name, string Value)[] settings, bool services)
    {
        using var folder = sources.Write();
        var environment = settings.ToDictionary(s => s.Name, s => s.Value);
        environment["AZURE_ENV_NAME"] = name;
        environment["AZURE_LOCATION"] = location;
        var template = folder.At("infra/main.bicep");
        var types = await BicepCompiler.Instance.ParametersAsync(template);
        var main = await Deployment.ExpandAsync(template, MainParameters(sources, types, environment));
        var azd = new Azd(sources, environment) { Main = main };
        azd.Keep(main);
        foreach (var service in services ? AzureYaml.Read(sources).Services : [])
            await azd.DeployAsync(service, folder);
        return azd;
    }

    private async Task DeployAsync(AzureService service, TemporaryFolder folder)
    {
        var image = $"SERVICE_{service.Name.ToUpperInvariant()}_IMAGE_NAME";
        _environment[image] = $"{_environment["AZURE_CONTAINER_REGISTRY_ENDPOINT"]}/{service.Name}:azd-deploy-1";
        var group = Substitute(service.ResourceGroup);
        var parameters = Parameters(_sources, $"infra/{service.Module}.parameters.json").ToDictionary(p => p.Name, p => (object?)Substitute(p.Value));
        var deployment = await Deployment.ExpandAsync(folder.At($"infra/{service.Module}.bicep"), parameters, group);
        Keep(deployment);
        Services[service.Name] = deployment;
    }

    private void Keep(Deployment deployment)
    {
        foreach (var (output, value) in deployment.Outputs)
            _environment[output] = Values.Write(value);
    }

    /// <summary>Variables that are not set become nothing, as they do in azd.</summary>
    private string Substitute(string text) =>
        Reference().Replace(text, match => _environment.GetValueOrDefault(match.Groups["name"].Value, ""));

    /// <summary>Those that no variable is set for are left to their defaults, and numbers become numbers.</summary>
    private static Dictionary<string, object?> MainParameters(Sources sources, Dictionary<string, string> types, Dictionary<string, string> environment)
    {
        var parameters = new Dictionary<string, object?>();
        foreach (var (name, value) in Parameters(sources, "infra/main.parameters.json"))
        {
            if (environment.TryGetValue(Reference().Match(value).Groups["name"].Value, out var given))
                parameters[name] = types[name] == "int" ? long.Parse(given, CultureInfo.InvariantCulture) : given;
        }

        return parameters;
    }

    private static IEnumerable<(string Name, string Value)> Parameters(Sources sources, string path) =>
        JsonDocument.Parse(sources.Read(path)).RootElement.GetProperty("parameters").EnumerateObject()
            .Select(p => (p.Name, p.Value.GetProperty("value").GetString()!));

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)\}")]
    private static partial Regex Reference();
}
