namespace Geode.Worker.MapReduce;

/// <summary>The job: which words occur in how many posts.</summary>
internal static class WordCount
{
    private const int ShortestWord = 3;

    /// <summary>One post's contribution: each of its words once.</summary>
    public static IEnumerable<string> Map(string? title, string body) => $"{title} {body}"
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => new string([.. word.Where(char.IsLetterOrDigit)]).ToLowerInvariant())
        .Where(word => word.Length >= ShortestWord)
        .Distinct();

    /// <summary>Sums; in any order and in any grouping the same.</summary>
    public static Dictionary<string, long> Reduce(IEnumerable<IEnumerable<KeyValuePair<string, long>>> parts) => parts
        .SelectMany(part => part)
        .GroupBy(word => word.Key, word => word.Value)
        .ToDictionary(word => word.Key, word => word.Sum());
}
