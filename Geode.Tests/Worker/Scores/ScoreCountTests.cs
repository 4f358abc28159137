using Geode.Worker.Scores;

namespace Geode.Tests.Worker.Scores;

public sealed class ScoreCountTests
{
    [Fact]
    public void Sums_what_stands_and_counts_who_voted()
    {
        var score = Assert.Single(ScoreCount.Of("q", [Mark("q", "question", "tag"), Vote("q", 1), Vote("q", 1), Vote("q", -1), Vote("q", 0)]));

        Assert.Equal((1, 3), (score.Total, score.Votes));
        Assert.Equal("question", score.Kind);
        Assert.Equal(["tag"], score.Tags!);
    }

    [Fact]
    public void What_nobody_voted_on_has_a_score_of_zero() =>
        Assert.Equal(0, Assert.Single(ScoreCount.Of("q", [Mark("q", "question")])).Total);

    [Fact]
    public void Each_post_has_its_own()
    {
        var scores = ScoreCount.Of("q", [Vote("q", 1), Vote("a", -1), Mark("a", "answer")]).ToDictionary(s => s.Id, s => (s.Kind, s.Total));
        Assert.Equal(("question", 1), scores["q"]);
        Assert.Equal(("answer", -1), scores["a"]);
    }

    [Fact]
    public void What_was_deleted_has_none() =>
        Assert.Empty(ScoreCount.Of("q", [Mark("q", "question") with { Deleted = true }, Vote("q", 1)]));

    private static Ballot Vote(string post, int value) => new() { Id = Guid.NewGuid().ToString(), PostId = post, Value = value };

    private static Ballot Mark(string post, string kind, params string[] tags) =>
        new() { Id = $"{post}:mark", PostId = post, Kind = kind, Tags = tags };
}
