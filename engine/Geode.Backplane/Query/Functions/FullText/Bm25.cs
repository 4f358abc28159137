namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>
/// How relevant a text is for a term, by Okapi BM25 (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009),
/// with the inverse document frequency that is never negative, ln(1 + (N − n + ½) / (n + ½)). What Cosmos DB sets the two parameters to is
/// not documented; these are the usual values.
/// </summary>
internal static class Bm25
{
    /// <summary>How soon further occurrences stop to count.</summary>
    private const double Saturation = 1.2;

    /// <summary>How much long texts are held to have more of everything.</summary>
    private const double LengthWeight = 0.75;

    /// <param name="frequency">Occurrences of the term in the text.</param>
    /// <param name="length">Words of the text.</param>
    /// <param name="hits">Texts with the term.</param>
    /// <param name="documents">All documents.</param>
    /// <param name="words">Words of all texts.</param>
    public static double Score(int frequency, int length, double hits, double documents, double words)
    {
        if (frequency == 0)
        {
            return 0;
        }

        var rarity = Math.Log(1 + (Math.Max(0, documents - hits) + 0.5) / (hits + 0.5));
        var relativeLength = words > 0 && documents > 0 ? length / (words / documents) : 1;
        return rarity * frequency * (Saturation + 1) / (frequency + Saturation * (1 - LengthWeight + LengthWeight * relativeLength));
    }
}
