using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Planning;
using Geode.TestKit;

namespace Geode.Backplane.Tests.Query.Planning;

/// <summary>
/// A query of the corpus: a line of one of its files. Lines are query texts, or whole request bodies where a query has parameters
/// or more than one line. A comment <c># partitionKey: Hash /pk</c> says how the container of the following queries is partitioned.
/// </summary>
internal sealed record CorpusQuery(string Line, string Kind, IReadOnlyList<string> Paths)
{
    private const string Directive = "# partitionKey: ";

    public static IReadOnlyList<CorpusQuery> All { get; } =
        [.. Directory.EnumerateFiles(RepositoryFiles.At("engine", "Geode.Backplane.Tests", "Query", "corpus"), "*.txt").Order(StringComparer.Ordinal).SelectMany(Read)];

    public PartitionKeyDefinition PartitionKey => PartitionKeyDefinition.Of(
        Kind switch { "MultiHash" => PartitionKeyScheme.MultiHash, "HashV1" => PartitionKeyScheme.HashV1, _ => PartitionKeyScheme.HashV2 }, Paths);

    /// <summary>The request body.</summary>
    public string Body => IsBody ? Line : JsonSerializer.Serialize(new { query = Line });

    /// <summary>The query's text; null where a body has none.</summary>
    public string? Text => !IsBody ? Line
        : JsonDocument.Parse(Line).RootElement.TryGetProperty("query", out var query) && query.ValueKind == JsonValueKind.String ? query.GetString()
        : null;

    private bool IsBody => Line.StartsWith('{');

    private static IEnumerable<CorpusQuery> Read(string path)
    {
        string[] definition = ["Hash", "/pk"];
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith(Directive, StringComparison.Ordinal)) definition = line[Directive.Length..].Split(' ');
            else if (line.Length > 0 && line[0] != '#') yield return new CorpusQuery(line, definition[0], definition[1..]);
        }
    }
}
