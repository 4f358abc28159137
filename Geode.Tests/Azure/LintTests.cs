using System.Text.Json;
using System.Text.RegularExpressions;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>The compiler and its linter have nothing to say, and the templates keep to what compiles without a network and to API versions
/// that are released.</summary>
public sealed class LintTests
{
    private static readonly string[] Templates = ["main", "api", "worker"];

    [BicepFact]
    public async Task There_is_nothing_to_say() => Assert.Empty(await FindingsAsync(Sources.OfRepository));

    /// <summary>Each rule is on, as an error: a finding of any level fails.</summary>
    [BicepTheory]
    [InlineData("infra/main.bicep", "output AZURE_RESOURCE_GROUP", "var spare = 1\noutput AZURE_RESOURCE_GROUP", "no-unused-vars")]
    [InlineData("infra/modules/edge.bicep", "param sku string", "param sku string\nparam spare string = ''", "no-unused-params")]
    [InlineData("infra/modules/storage.bicep", "  location: location", "  location: 'westeurope'", "no-hardcoded-location")]
    [InlineData("infra/modules/storage.bicep", "output name string = account.name", "output name string = account.listKeys().keys[0].value", "outputs-should-not-contain-secrets")]
    [InlineData("infra/modules/storage.bicep", "minimumTlsVersion", "minTlsVersion", "BCP037")]
    public async Task What_is_wrong_is_found(string path, string old, string replacement, string rule) =>
        Assert.Contains(await FindingsAsync(Sources.OfRepository.With(path, old, replacement)), f => f.Contains(rule, StringComparison.Ordinal));

    [Fact]
    public void Needs_nothing_from_elsewhere()
    {
        var infra = Path.Combine(Sources.Root, "infra");
        var templates = Directory.EnumerateFiles(infra, "*.bicep", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(templates);
        Assert.Empty(Directory.EnumerateFiles(infra, "*.bicepparam", SearchOption.AllDirectories));
        Assert.All(templates, path => Assert.DoesNotMatch(@"(?m)'(br|ts)[:/]|^import |\.\.\.|resourceInput<", File.ReadAllText(path)));
    }

    /// <summary>Two versions of a type would be two views of one resource.</summary>
    [BicepFact]
    public async Task Every_type_is_used_in_one_released_version()
    {
        var types = new HashSet<(string Type, string Version)>();
        using var folder = Sources.OfRepository.Write();
        foreach (var template in Templates)
            types.UnionWith(Types((await BicepCompiler.Instance.CompileAsync(folder.At($"infra/{template}.bicep"))).Template));

        Assert.NotEmpty(types);
        Assert.All(types.GroupBy(t => t.Type), versions => Assert.Single(versions));
        Assert.All(
            types.Where(t => t.Type != "Microsoft.Insights/diagnosticSettings"), // never released without -preview
            t => Assert.Matches(new Regex(@"^\d{4}-\d{2}-\d{2}$"), t.Version));
    }

    private static IEnumerable<(string Type, string Version)> Types(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Types),
        JsonValueKind.Object when json.TryGetProperty("apiVersion", out var version) && json.TryGetProperty("type", out var type) =>
            json.EnumerateObject().SelectMany(p => Types(p.Value)).Prepend((type.GetString()!, version.GetString()!)),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Types(p.Value)),
        _ => [],
    };

    private static async Task<List<string>> FindingsAsync(Sources sources)
    {
        using var folder = sources.Write(lint: true);
        var findings = new List<string>();
        foreach (var template in Templates)
        {
            try
            {
                findings.AddRange((await BicepCompiler.Instance.CompileAsync(folder.At($"infra/{template}.bicep"))).Findings);
            }
            catch (BicepException e)
            {
                findings.Add(e.Message);
            }
        }

        return findings;
    }
}
