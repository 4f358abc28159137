using System.Text.Json;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Tests.Query.Functions.FullText;

public sealed class SearchTermTests
{
    private static readonly TextAnalyzer English = TextAnalyzer.Of(FullTextLanguage.English);

    [Theory]
    [InlineData("\"bicycle\"", "Bicycles: a bicycle, and bicycling", 3)]
    [InlineData("\"red bicycle\"", "a red bicycle; the bicycle is red. Red bicycles!", 2)]
    [InlineData("\"state of the union\"", "the state of our union; state union; the states of a union", 2)]
    [InlineData("\"red red\"", "red red red", 2)]
    [InlineData("\"the\"", "the the the", 0)]
    [InlineData("\"\"", "anything", 0)]
    [InlineData("{\"term\":\"bycycle\",\"distance\":1}", "a bicycle and a cycle", 1)]
    [InlineData("{\"term\":\"bycycle\",\"distance\":2}", "a bicycle and a cycle", 2)]
    [InlineData("{\"term\":\"bicycle\",\"distance\":0}", "bicycles and byicycles", 1)]
    [InlineData("{\"term\":\"rad bicykle\",\"distance\":1}", "a red bicycle", 1)]
    public void A_term_occurs_so_often(string term, string text, int count)
    {
        var value = SqlValue.From(JsonDocument.Parse(term).RootElement);
        Assert.Equal(count, SearchTerm.Of(value, English)!.CountIn(English.Analyze(text)));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[\"a\"]")]
    [InlineData("{\"term\":\"a\"}")]
    [InlineData("{\"term\":1,\"distance\":1}")]
    [InlineData("{\"term\":\"a\",\"distance\":3}")]
    [InlineData("{\"term\":\"a\",\"distance\":1.5}")]
    [InlineData("{\"term\":\"a\",\"distance\":-1}")]
    public void Nothing_else_is_a_term(string json) => Assert.Null(SearchTerm.Of(SqlValue.From(JsonDocument.Parse(json).RootElement), English));

    [Theory]
    [InlineData("kitten", "sitting", 2, false)]
    [InlineData("kitten", "sitten", 1, true)]
    [InlineData("kitten", "kittens", 1, true)]
    [InlineData("kitten", "itten", 1, true)]
    [InlineData("ab", "ba", 1, false)]
    [InlineData("ab", "ba", 2, true)]
    [InlineData("", "ab", 2, true)]
    [InlineData("", "abc", 2, false)]
    [InlineData("same", "same", 0, true)]
    public void Words_are_so_far_apart(string left, string right, int most, bool within)
    {
        Assert.Equal(within, EditDistance.IsWithin(left, right, most));
        Assert.Equal(within, EditDistance.IsWithin(right, left, most));
    }

    [Fact]
    public void Distances_are_those_of_the_definition()
    {
        var random = new Random(3);
        for (var run = 0; run < 2_000; run++)
        {
            var (left, right) = (Word(random), Word(random));
            for (var most = 0; most <= 2; most++)
                Assert.Equal(Distance(left, right) <= most, EditDistance.IsWithin(left, right, most));
        }

        static string Word(Random random) => new([.. Enumerable.Range(0, random.Next(6)).Select(_ => (char)('a' + random.Next(3)))]);

        static int Distance(string left, string right) => left.Length == 0 ? right.Length
            : right.Length == 0 ? left.Length
            : left[0] == right[0] ? Distance(left[1..], right[1..])
            : 1 + Math.Min(Distance(left[1..], right[1..]), Math.Min(Distance(left[1..], right), Distance(left, right[1..])));
    }
}
