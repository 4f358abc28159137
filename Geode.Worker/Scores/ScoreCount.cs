namespace Geode.Worker.Scores;

/// <summary>Counts the votes under one question. A pure function of what is stored: however often it runs, the result is the same.</summary>
internal static class ScoreCount
{
    /// <returns>A score for each post that has a mark or a vote and is not deleted; without fence and writer.</returns>
    public static IEnumerable<Score> Of(string questionId, IEnumerable<Ballot> ballots)
    {
        foreach (var post in ballots.GroupBy(ballot => ballot.PostId))
        {
            var mark = post.FirstOrDefault(ballot => ballot.IsMark);
            if (mark is { Deleted: true })
                continue;
            var votes = post.Where(ballot => ballot is { IsMark: false, Value: not 0 }).ToList();
            yield return new()
            {
                Id = post.Key,
                QuestionId = questionId,
                // A vote may arrive here before the mark of what it is on.
                Kind = mark?.Kind ?? (post.Key == questionId ? "question" : "answer"),
                Total = votes.Sum(ballot => ballot.Value),
                Votes = votes.Count,
                Tags = mark?.Tags,
            };
        }
    }
}
