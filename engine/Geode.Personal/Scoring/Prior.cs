namespace Geode.Personal.Scoring;

/// <summary>What anybody would say of a candidate without trees: that it is like what was liked. It is added to what the trees say, by a weight that
/// is chosen in training, so that a candidate which the trees cannot tell from others has its place.</summary>
internal static class Prior
{
    public static float Of(ReadOnlySpan<float> row) =>
        row[(int)Feature.Implied] + row[(int)Feature.AlikeLiked] - 0.5f * row[(int)Feature.AlikeDisliked] + 0.5f * row[(int)Feature.TagsLiked]
        + 0.1f * row[(int)Feature.Popularity];

    /// <summary>Adds it to each row's score.</summary>
    public static void AddTo(ReadOnlySpan<float> rows, float weight, Span<float> scores)
    {
        for (var row = 0; row < scores.Length; row++) scores[row] += weight * Of(rows.Slice(row * FeatureRows.Width, FeatureRows.Width));
    }
}
