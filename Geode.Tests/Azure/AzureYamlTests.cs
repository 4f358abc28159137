using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>The rules of azd's schema for <c>azure.yaml</c> that this file could break, and azd's own ways that the layout depends on.</summary>
public sealed class AzureYamlTests
{
    private static readonly string[] Top = ["name", "resourceGroup", "metadata", "infra", "services", "resources", "pipeline", "hooks", "requiredVersions", "state", "platform", "workflows", "cloud"];
    private static readonly string[] Hosts = ["appservice", "containerapp", "function", "staticwebapp", "aks"];
    private static readonly string[] Docker = ["path", "context", "platform", "target", "registry", "image", "tag", "buildArgs", "network", "remoteBuild"];

    [Fact]
    public void Is_as_azd_wants_it() => Assert.Empty(Faults(Sources.OfRepository));

    [Theory]
    [InlineData("\nmetadata:", " Planet\nmetadata:", "name")]
    [InlineData("requiredVersions:", "requires:", "requires")]
    [InlineData(">= 1.25.0", ">= 1.22.0", "azd")]
    [InlineData("host: containerapp", "host: container", "host")]
    [InlineData("project: ./Geode.Api", "project: ./Geode.Web", "Geode.Web")]
    [InlineData("module: worker", "module: background", "background")]
    [InlineData("path: ./Dockerfile", "path: ./Containerfile", "Containerfile")]
    [InlineData("context: ../", "context: ./", "context")]
    [InlineData("remoteBuild: true", "remoteBuild: false", "remote")]
    [InlineData("remoteBuild: true", "remotebuild: true", "remotebuild")]
    [InlineData("language: docker", "language: dotnet", "language")]
    [InlineData("    resourceGroup: ${AZURE_GEODE_HOME_RESOURCE_GROUP}\n", "", "group")]
    [InlineData("  worker:", "  jobs:", "jobs")]
    public void What_azd_would_refuse_or_get_wrong_is_found(string old, string replacement, string fault) =>
        Assert.Contains(Faults(Sources.OfRepository.With("azure.yaml", old, replacement)), f => f.Contains(fault, StringComparison.Ordinal));

    /// <summary>Where it came from, as azd's telemetry and a reader of an instance want to know.</summary>
    [Fact]
    public void The_template_is_named_with_its_version()
    {
        var version = System.Xml.Linq.XDocument.Load(Path.Combine(Sources.Root, "engine", "Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.Equal($"geode@{version}", AzureYaml.Read(Sources.OfRepository)["metadata/template"]);
    }

    private static List<string> Faults(Sources sources)
    {
        var yaml = AzureYaml.Read(sources);
        var faults = new List<string>();
        void Expect(bool holds, string what)
        {
            if (!holds)
                faults.Add(what);
        }

        bool Exists(string path) => File.Exists(Path.Combine(Sources.Root, path));
        faults.AddRange(yaml.Keys.Select(k => k.Split('/')[0]).Distinct().Except(Top).Select(k => $"'{k}' is no property"));
        foreach (var key in yaml.Keys.Where(k => k.Contains("/docker/", StringComparison.Ordinal)))
            Expect(Docker.Contains(key.Split('/')[^1]), $"{key} is no property");
        Expect(System.Text.RegularExpressions.Regex.IsMatch(yaml["name"], "^[a-z0-9][a-z0-9-]*[a-z0-9]$"), "name: lower-case letters, digits and hyphens");
        // Since 1.23.6 a registry may be in another group than the service, since 1.25.0 parallel remote builds keep apart.
        Expect(yaml["requiredVersions/azd"].Split(">= ") is ["", var least] && Version.Parse(least) >= new Version(1, 25), "azd: too old a version is let in");

        Expect(yaml.Services.Select(s => s.Name).SequenceEqual(["api", "worker"]), $"services are {string.Join(", ", yaml.Services.Select(s => s.Name))}");
        foreach (var service in yaml.Services)
        {
            Expect(Hosts.Contains(service.Host), $"{service.Name}: no host '{service.Host}'");
            Expect(service.Language == "docker", $"{service.Name}: another language than docker is also built here, in parallel");
            Expect(Exists($"{service.Project}/{service.Project}.csproj"), $"{service.Name}: no project in {service.Project}");
            Expect(Exists(service.Dockerfile), $"{service.Name}: no file {service.Dockerfile}");
            Expect(service.Context.Length == 0, $"{service.Name}: the context is not the root, which its Dockerfile copies from");
            Expect(service.RemoteBuild, $"{service.Name}: not a remote build");
            Expect(Exists($"infra/{service.Module}.bicep") && Exists($"infra/{service.Module}.parameters.json"), $"{service.Name}: no module {service.Module}");
            Expect(service.ResourceGroup.Length > 0, $"{service.Name}: no group, and azd cannot tell which of them is meant");
        }

        return faults;
    }
}
