using System.Text.Json;
using System.Text.RegularExpressions;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>What <c>azd up</c> does with <c>azure.yaml</c> and <c>infra/</c>, as far as files decide it: parameters from the
/// environment, <c>main.bicep</c>, its outputs into the environment, then each service's own template.</summary>
internal sealed partial class Azd
{
    private readonly Sources _sources;
    private readonly Dictionary<string, string> _environment;

    private Azd(Sources sources, Dictionary<string, string> environment) => (_sources, _environment) = (sources, environment);

    public required Deployment Main { get; init; }

    public Dictionary<string, Deployment> Services { get; } = [];

    public Deployment Api => Services["api"];

    public Deployment Worker => Services["worker"];

    public IReadOnlyDictionary<string, string> Environment => _environment;

    public IEnumerable<Deployed> Resources => Main.Resources.Concat(Services.Values.SelectMany(s => s.Resources));

    /// <exception cref="BicepException">What would stop it.</exception>
    public static Azd Up(
        Sources sources, string name = "dev", string location = "westeurope", params (string Name, string Value)[] settings)
    {
        var environment = settings.ToDictionary(s => s.Name, s => s.Value);
        environment["AZURE_ENV_NAME"] = name;
        environment["AZURE_LOCATION"] = location;
        var main = Deployment.Expand(sources, "infra/main.bicep", MainParameters(sources, environment));
        foreach (var (output, value) in main.Outputs)
            environment[output] = Values.Write(value);

        var azd = new Azd(sources, environment) { Main = main };
        foreach (var service in AzureYaml.Read(sources).Services)
            azd.Deploy(service);
        return azd;
    }

    /// <summary>Variables that a parameters file refers to.</summary>
    public static IEnumerable<string> Variables(Sources sources, string path) =>
        Reference().Matches(sources.Read(path)).Select(m => m.Groups["name"].Value);

    private void Deploy(AzureService service)
    {
        var image = $"SERVICE_{service.Name.ToUpperInvariant()}_IMAGE_NAME";
        _environment[image] = $"{_environment["AZURE_CONTAINER_REGISTRY_ENDPOINT"]}/{service.Name}:azd-deploy-1";
        var group = Substitute(service.ResourceGroup);
        var parameters = Parameters(_sources, $"infra/{service.Module}.parameters.json").ToDictionary(p => p.Name, p => (object?)Substitute(p.Value));
        var deployment = Deployment.Expand(_sources, $"infra/{service.Module}.bicep", parameters, group);
        foreach (var (output, value) in deployment.Outputs)
            _environment[output] = Values.Write(value);
        Services[service.Name] = deployment;
    }

    /// <summary>Variables that are not set become nothing, as they do in azd.</summary>
    private string Substitute(string text) =>
        Reference().Replace(text, match => _environment.GetValueOrDefault(match.Groups["name"].Value, ""));

    /// <summary>Those that no variable is set for are left to their defaults, and numbers become numbers.</summary>
    private static Dictionary<string, object?> MainParameters(Sources sources, Dictionary<string, string> environment)
    {
        var types = Parser.Read("infra/main.bicep", sources.Read("infra/main.bicep")).Parameters.ToDictionary(p => p.Name, p => p.Type);
        var parameters = new Dictionary<string, object?>();
        foreach (var (name, value) in Parameters(sources, "infra/main.parameters.json"))
        {
            var variable = Reference().Match(value).Groups["name"].Value;
            if (environment.TryGetValue(variable, out var given))
                parameters[name] = types.GetValueOrDefault(name) == "int" ? long.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : given;
        }

        return parameters;
    }

    private static IEnumerable<(string Name, string Value)> Parameters(Sources sources, string path) =>
        JsonDocument.Parse(sources.Read(path)).RootElement.GetProperty("parameters").EnumerateObject()
            .Select(p => (p.Name, p.Value.GetProperty("value").GetString()!));

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)\}")]
    private static partial Regex Reference();
}
