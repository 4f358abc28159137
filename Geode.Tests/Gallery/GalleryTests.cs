using Geode.TestKit;

namespace Geode.Tests.Gallery;

/// <summary>What azd's gallery and GitHub look for is where they look for it.</summary>
public sealed class GalleryTests
{
    private static readonly string[] Headings = ["## Features", "## Getting started", "## Guidance", "## Resources"];
    private static readonly string[] Guidance = ["### Costs", "### Regions", "### Security"];

    [Theory]
    [InlineData("LICENSE")]
    [InlineData("azure.yaml")]
    [InlineData("infra/main.bicep")]
    [InlineData(".devcontainer/devcontainer.json")]
    [InlineData(".github/CODE_OF_CONDUCT.md")]
    [InlineData(".github/CONTRIBUTING.md")]
    [InlineData(".github/SECURITY.md")]
    [InlineData(".github/ISSUE_TEMPLATE/bug.yml")]
    [InlineData(".github/ISSUE_TEMPLATE/config.yml")]
    [InlineData(".github/ISSUE_TEMPLATE/idea.yml")]
    [InlineData(".github/pull_request_template.md")]
    [InlineData(".github/workflows/azure-dev.yml")]
    public void Is_there(string path) => Assert.True(File.Exists(RepositoryFiles.At(path.Split('/'))), path);

    [Fact]
    public void The_readme_has_the_gallerys_sections_in_order() => Assert.Equal([], Missing(MarkdownFile.Named("README.md").Text));

    [Theory]
    [InlineData("## Features", "## What it does", "## Features")]
    [InlineData("## Guidance", "### Guidance", "## Guidance")]
    [InlineData("### Costs", "#### Costs", "### Costs")]
    [InlineData("## Resources", "## Features", "order")]
    public void A_section_that_is_missing_is_found(string old, string replacement, string fault)
    {
        var readme = MarkdownFile.Named("README.md").Text;
        Assert.Contains(old, readme, StringComparison.Ordinal);
        Assert.Contains(Missing(readme.Replace($"\n{old}\n", $"\n{replacement}\n", StringComparison.Ordinal)), m => m.Contains(fault, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Missing(string readme)
    {
        var lines = readme.Split('\n').Where(line => line.StartsWith('#')).ToList();
        var sections = lines.Where(Headings.Contains).ToList();
        foreach (var heading in Headings.Concat(Guidance).Except(lines))
            yield return $"no {heading}";
        if (!sections.SequenceEqual(Headings))
            yield return "the sections are in another order";
    }
}
