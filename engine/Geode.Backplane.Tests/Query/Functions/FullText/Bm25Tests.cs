using Geode.Backplane.Query.Functions.FullText;

namespace Geode.Backplane.Tests.Query.Functions.FullText;

public sealed class Bm25Tests
{
    // Four documents of 20 words together, 5 on average, one of them with the term: ln(1 + 3.5 / 1.5) = 1.2039728.
    // Once in 5 words: 1 · 2.2 / (1 + 1.2 · 1) = 1. Twice: 2 · 2.2 / (2 + 1.2) = 1.375.
    // Once in 10 words: 2.2 / (1 + 1.2 · (0.25 + 0.75 · 2)) = 2.2 / 3.1 = 0.7096774.
    [Theory]
    [InlineData(1, 5, 1.2039728)]
    [InlineData(2, 5, 1.6554626)]
    [InlineData(1, 10, 0.8544323)]
    [InlineData(0, 5, 0)]
    public void Scores_are_those_worked_out_by_hand(int frequency, int length, double score) =>
        Assert.Equal(score, Bm25.Score(frequency, length, hits: 1, documents: 4, words: 20), 6);

    [Fact]
    public void What_is_rare_counts_more_and_nothing_counts_less_than_nothing()
    {
        Assert.True(Bm25.Score(1, 5, hits: 1, documents: 100, words: 500) > Bm25.Score(1, 5, hits: 50, documents: 100, words: 500));
        Assert.True(Bm25.Score(1, 5, hits: 100, documents: 100, words: 500) > 0);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(7, 3, 10)]
    public void Statistics_that_cannot_be_give_a_number_all_the_same(double hits, double documents, double words) =>
        Assert.True(double.IsFinite(Bm25.Score(1, 5, hits, documents, words)));
}
