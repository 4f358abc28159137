namespace Geode.Personal.Scoring;

/// <summary>What is told to the trees of a candidate, given what the visitor did. The order is part of the format of models.</summary>
internal enum Feature
{
    /// <summary>What the whole history speaks for, by <see cref="Learned.Knowledge.Implied"/>.</summary>
    Implied,
    ImpliedByLiked,
    ImpliedByDisliked,
    ImpliedByNewest,
    /// <summary>How like it is to items of the history, by <see cref="Learned.Knowledge.Alike"/>.</summary>
    AlikeLiked,
    AlikeDisliked,
    AlikeNewest,
    /// <summary>How often it came soon after the newest, by <see cref="Learned.Knowledge.Next"/>.</summary>
    NextOfNewest,
    /// <summary>Cosine of its tags with those of liked items.</summary>
    TagsLiked,
    TagsDisliked,
    TagsNewest,
    /// <summary>The same with tags that go together with them.</summary>
    TagsAround,
    /// <summary>Of what the visitor did with items of its tags, the share that was liking.</summary>
    TagsRate,
    Words,
    Popularity,
    Trend,
    Liking,
    /// <summary>Of its most popular tag.</summary>
    TagTrend,
    /// <summary>Place by score among the candidates, 0 (lowest) to 1.</summary>
    ScorePlace,
    /// <summary>The same by <see cref="Trending"/>.</summary>
    TrendingPlace,
    /// <summary>Logarithm of days.</summary>
    Age,
    /// <summary>Logarithm of the number of deeds.</summary>
    HistoryLength,
    /// <summary>1: the model knows the item.</summary>
    Known,
}
