using Geode.Topology;

namespace Geode.Topology.Tests.Json;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "abd", 1)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Counts_edits(string a, string b, int edits)
    {
        Assert.Equal(edits, Spelling.Distance(a, b));
        Assert.Equal(edits, Spelling.Distance(b, a));
    }

    [Theory]
    [InlineData("westeurop", " (did you mean 'westeurope'?)")]
    [InlineData("West Europe", " (did you mean 'westeurope'?)")]
    [InlineData("EASTUS", " (did you mean 'eastus'?)")]
    [InlineData("southeastaisa", " (did you mean 'southeastasia'?)")]
    [InlineData("atlantis", "")]
    public void Suggests_the_nearest_if_near(string word, string suggestion) =>
        Assert.Equal(suggestion, Spelling.DidYouMean(word, AzureRegions.All.Select(r => r.Name)));

    [Fact]
    public void Suggests_nothing_out_of_nothing() => Assert.Equal("", Spelling.DidYouMean("x", []));
}
