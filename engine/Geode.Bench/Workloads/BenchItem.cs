using System.Globalization;
using System.Text;
using Geode.Bench.Reporting;
using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>
/// Items of about 1 KB. Item n is in partition n mod <see cref="Partitions"/> and has a number of its own, so that a query
/// by number has one result however many items there are.
/// </summary>
internal static class BenchItem
{
    public const int Partitions = 10;
    public const string PartitionKeyPath = "/pk";
    public const string WordsPath = "/words";
    private const int PaddingLength = 760;
    private const int WordCount = 20;
    private const int Vocabulary = 5_000;

    // Not one letter over and over: what compresses to nothing measures nothing.
    private static readonly string Padding = string.Create(PaddingLength, 17, static (span, seed) =>
    {
        var random = new Random(seed);
        foreach (ref var c in span) c = (char)('a' + random.Next(26));
    });

    public static string Id(long number) => "item-" + number.ToString("D9", CultureInfo.InvariantCulture);

    public static string PartitionKey(long number) => "pk-" + (number % Partitions).ToString(CultureInfo.InvariantCulture);

    /// <summary>A word that about four in a thousand items have.</summary>
    public static string Word(long number) => "w" + (number * 7919 % Vocabulary).ToString(CultureInfo.InvariantCulture);

    // The same words for the same item, some of them more than once.
    private static string Words(long number) =>
        string.Join(' ', Enumerable.Range(0, WordCount).Select(i => Word((number * 31) + ((long)i * i * 17))));

    /// <param name="id">The id; null for the one that item <paramref name="number"/> has in a data set.</param>
    public static byte[] Json(long number, string? id = null) => Encoding.UTF8.GetBytes(
        $$$"""
        {"id":"{{{id ?? Id(number)}}}","pk":"{{{PartitionKey(number)}}}","number":{{{number}}},"bucket":"bucket-{{{number % 7}}}","tags":["a","b","{{{number % 13}}}"],"votes":{"up":{{{number % 101}}},"down":0},"words":"{{{Words(number)}}}","text":"{{{Padding}}}"}
        """);

    /// <summary>Creates item <paramref name="number"/> under that id. A stream call, so that the client's own serializer stays out of it.</summary>
    /// <exception cref="BenchException">The call was refused.</exception>
    public static async Task CreateAsync(Container container, long number, string id, CancellationToken cancellation = default)
    {
        using var item = new MemoryStream(Json(number, id), writable: false);
        using var response = await container.CreateItemStreamAsync(item, new Microsoft.Azure.Cosmos.PartitionKey(PartitionKey(number)), cancellationToken: cancellation);
        if (!response.IsSuccessStatusCode)
            throw new BenchException($"Creating '{id}': {(int)response.StatusCode}: {ShortMessage.Of(response.ErrorMessage)}");
    }
}
