using Geode.Personal.Learned;

namespace Geode.Personal.Scoring;

/// <summary>Computes the <see cref="Feature"/>s of candidates: in training as in use.</summary>
internal static class FeatureRows
{
    public static int Width { get; } = Enum.GetValues<Feature>().Length;

    /// <param name="crowd">What all did until <paramref name="now"/>, as far as it is known.</param>
    /// <param name="rows">Filled, <see cref="Width"/> numbers for each candidate.</param>
    public static void Fill(
        Crowd crowd, Taste taste, ReadOnlySpan<Item> candidates, ReadOnlySpan<Described> described, DateTimeOffset now, Span<float> rows)
    {
        var length = MathF.Log2(1 + taste.Length);
        var perDeed = 1 / MathF.Sqrt(1 + taste.Length);
        for (var c = 0; c < candidates.Length; c++)
        {
            var row = rows.Slice(c * Width, Width);
            row.Clear();
            if (described[c].Index is >= 0 and var index) Learned(crowd.Items[index], taste.OfItem(index), perDeed, row);
            if (described[c].Tags.Length > 0) Tags(taste, described[c], row);
            if (taste.WordNorm > 0 && described[c].WordNorm > 0) row[(int)Feature.Words] = Words(taste, described[c]);
            row[(int)Feature.TagTrend] = Trend(crowd, described[c].TagIndices);
            row[(int)Feature.Age] = MathF.Log2(1 + (float)Math.Clamp((now - candidates[c].At).TotalDays, 0, 36500));
            row[(int)Feature.HistoryLength] = length;
        }

        Places(candidates, Feature.ScorePlace, item => double.IsFinite(item.Score) ? item.Score : 0, rows);
        Places(candidates, Feature.TrendingPlace, item => Trending.Weight(item, now), rows);
    }

    private static void Learned(in ItemStanding item, ReadOnlySpan<float> sums, float perDeed, Span<float> row)
    {
        row[(int)Feature.Implied] = sums[0];
        row[(int)Feature.ImpliedByLiked] = sums[1];
        row[(int)Feature.ImpliedByDisliked] = sums[2];
        row[(int)Feature.ImpliedByNewest] = sums[3];
        row[(int)Feature.AlikeLiked] = sums[4] * perDeed;
        row[(int)Feature.AlikeDisliked] = sums[5] * perDeed;
        row[(int)Feature.AlikeNewest] = sums[6];
        row[(int)Feature.NextOfNewest] = sums[7];
        row[(int)Feature.Popularity] = item.Popularity;
        row[(int)Feature.Trend] = item.Trend;
        row[(int)Feature.Liking] = item.Liking;
        row[(int)Feature.Known] = 1;
    }

    private static void Tags(Taste taste, Described item, Span<float> row)
    {
        var (liked, disliked, newest, around, rate) = (0f, 0f, 0f, 0f, 0f);
        for (var t = 0; t < item.Tags.Length; t++)
        {
            if (!taste.Tags.TryGetValue(item.Tags[t], out var tag)) continue;
            var weight = item.TagWeights[t];
            liked += tag.Liked * weight;
            disliked += tag.Disliked * weight;
            newest += tag.Newest * weight;
            around += tag.Around * weight;
            rate += (tag.Liked - tag.Disliked) / (1 + tag.Liked + tag.Disliked);
        }

        row[(int)Feature.TagsLiked] = Ratio(liked, taste.LikedNorm * item.TagNorm);
        row[(int)Feature.TagsDisliked] = Ratio(disliked, taste.DislikedNorm * item.TagNorm);
        row[(int)Feature.TagsNewest] = Ratio(newest, taste.NewestNorm * item.TagNorm);
        row[(int)Feature.TagsAround] = Ratio(around, taste.AroundNorm * item.TagNorm);
        row[(int)Feature.TagsRate] = rate / item.Tags.Length;
    }

    private static float Words(Taste taste, Described item)
    {
        var sum = 0f;
        for (var w = 0; w < item.Words.Length; w++)
            if (taste.Words.TryGetValue(item.Words[w], out var word))
                sum += word * item.WordWeights[w];
        return sum / (taste.WordNorm * item.WordNorm);
    }

    // Equals get the mean of their places, so that the order of candidates does not matter.
    private static void Places(ReadOnlySpan<Item> candidates, Feature feature, Func<Item, double> by, Span<float> rows)
    {
        if (candidates.Length < 2) return;
        var scores = new double[candidates.Length];
        var order = new int[candidates.Length];
        for (var c = 0; c < scores.Length; c++) (scores[c], order[c]) = (by(candidates[c]), c);
        Array.Sort(scores, order);
        for (int from = 0, to; from < scores.Length; from = to)
        {
            for (to = from + 1; to < scores.Length && scores[to] == scores[from];) to++;
            var place = (from + to - 1) / 2f / (scores.Length - 1);
            for (var c = from; c < to; c++) rows[order[c] * Width + (int)feature] = place;
        }
    }

    private static float Trend(Crowd crowd, int[] tags)
    {
        var trend = 0f;
        foreach (var tag in tags)
            if (tag >= 0)
                trend = Math.Max(trend, crowd.TagTrends[tag]);
        return trend;
    }

    private static float Ratio(float sum, float norm) => norm > 0 ? sum / norm : 0;
}
