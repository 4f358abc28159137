using System.Text.RegularExpressions;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>The templates keep to what compiles without a network, and to API versions that are released.</summary>
public sealed class LanguageTests
{
    private static IEnumerable<string> Templates() =>
        Directory.EnumerateFiles(Path.Combine(Sources.Root, "infra"), "*.bicep", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Sources.Root, f).Replace('\\', '/'));

    [Fact]
    public void Needs_nothing_from_elsewhere()
    {
        var templates = Templates().ToList();

        Assert.NotEmpty(templates);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Sources.Root, "infra"), "*.bicepparam", SearchOption.AllDirectories));
        Assert.All(templates, path => Assert.DoesNotMatch(@"(?m)'(br|ts)[:/]|^import |\.\.\.|resourceInput<", Sources.OfRepository.Read(path)));
    }

    /// <summary>Two versions of a type would be two views of one resource.</summary>
    [Fact]
    public void Every_type_is_used_in_one_version()
    {
        var types = Templates().SelectMany(path => Parser.Read(path, Sources.OfRepository.Read(path)).Declarations.OfType<Resource>()).ToList();

        Assert.NotEmpty(types);
        Assert.All(types.GroupBy(r => r.Type), versions => Assert.Single(versions.Select(v => v.Version).Distinct()));
        Assert.All(
            types.Where(r => r.Type != "Microsoft.Insights/diagnosticSettings"), // never released without -preview
            r => Assert.Matches(new Regex(@"^\d{4}-\d{2}-\d{2}$"), r.Version));
    }

    [Fact]
    public void Every_parameter_and_variable_is_used() => Assert.All(Templates(), path =>
    {
        var text = Sources.OfRepository.Read(path);
        foreach (var declared in Parser.Read(path, text).Declarations)
        {
            var name = declared switch { Parameter p => p.Name, Variable v => v.Name, _ => null };
            if (name is not null)
                Assert.True(Regex.Count(text, $@"\b{name}\b") > 1, $"{path}: {name} is not used");
        }
    });

    [Theory]
    [InlineData("var a = [", "starts no expression")]
    [InlineData("var a = 'x", "no end")]
    [InlineData("var a 'x'", "'=' is expected")]
    [InlineData("vary a = 1", "starts no declaration")]
    [InlineData("var a = 1 var b = 2", "follows a declaration")]
    [InlineData("var a = { b = 1 }", "':' is expected")]
    [InlineData("var a = f(1 2)", "follows an argument")]
    public void What_is_no_Bicep_is_refused(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<BicepException>(() => Parser.Read("x.bicep", text)).Message);
}
