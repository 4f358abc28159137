using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Query.Syntax;
using Microsoft.Azure.Cosmos;
using DistanceFunction = Microsoft.Azure.Cosmos.DistanceFunction;
using VectorDataType = Microsoft.Azure.Cosmos.VectorDataType;

namespace Geode.Backplane.Tests.Query.Planning;

/// <summary>Plans of searches by distance: which way the client merges depends on the container's policy.</summary>
public sealed class VectorPlanTests
{
    private const string Key = """{"paths":["/pk"],"kind":"Hash","version":2}""";

    public static TheoryData<string, DistanceFunction> Queries()
    {
        var data = new TheoryData<string, DistanceFunction>();
        foreach (var query in (string[])
        [
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2])",
            "SELECT TOP 10 c.title, VectorDistance(c.embedding, [1, 2], true) AS score FROM c ORDER BY VectorDistance(c.embedding, [1, 2], true)",
            "SELECT c.title FROM c WHERE c.x > 1 ORDER BY VectorDistance([1, 2], c.embedding) OFFSET 0 LIMIT 5",
            "SELECT TOP 3 VALUE c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2])",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2]) ASC",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2]) DESC",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2], false, {'distanceFunction': 'euclidean'})",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2], false, {'distanceFunction': 'dotproduct'})",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2], false, {'distanceFunction': 'manhattan'})",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2], false, {'distanceFunction': 'cosine'}) DESC",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.other, [1, 2])",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, @v, @b, {'dataType': 'int8', 'searchListSizeMultiplier': 5, 'filterPriority': 0.5})",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(@v, c.embedding, true, @o)",
            "SELECT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2], true, {'distanceFunction': @f})",
            "SELECT c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2], c.b)",
            "SELECT c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2], true, c.o)",
            "SELECT c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2], true, @v)",
            "SELECT c.title FROM c ORDER BY VectorDistance(c.embedding, 'x')",
            "SELECT c.title FROM c ORDER BY VectorDistance(c.embedding, c.other)",
            "SELECT c.title FROM c ORDER BY VectorDistance(c.embedding, [1, c.other])",
            "SELECT c.title FROM c ORDER BY VectorDistance([1, 2], [1, 2])",
            "SELECT c.title FROM c ORDER BY VectorDistance(c.embedding[0], [1, 2])",
            "SELECT c.title FROM c JOIN t IN c.x ORDER BY VectorDistance(t.e, [1, 2])",
            "SELECT c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2]), c.title",
            "SELECT c.title FROM c ORDER BY c.title, VectorDistance(c.embedding, [1, 2])",
            "SELECT DISTINCT TOP 10 c.title FROM c ORDER BY VectorDistance(c.embedding, [1, 2])",
            "SELECT VectorDistance(c.e, [1, 2], true, {'nonsense': 1}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, {'distanceFunction': 5}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, {'dataType': 'bogus'}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, {'searchListSizeMultiplier': 1000}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, {'quantizedVectorListMultiplier': 0}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, {'quantizedVectorListMultiplier': 1000}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, {'searchListSizeMultiplier': 1.5}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, {'filterPriority': 5}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, {'filterPriority': -1}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, {'filterPriority': 'x'}) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], true, null) FROM c",
            "SELECT VectorDistance(c.e, [1, 2], 1 = 1) FROM c",
            "SELECT ARRAY(SELECT VALUE VectorDistance(c.e, [1, 2], true, {'x': 1})) FROM c",
        ])
        {
            foreach (var function in Enum.GetValues<DistanceFunction>())
                data.Add(query, function);
        }

        return data;
    }

    [OracleTheory]
    [MemberData(nameof(Queries))]
    public void Plans_are_those_of_the_SDK(string query, DistanceFunction function)
    {
        using var oracle = new QueryOracle();
        var body = JsonSerializer.Serialize(new
        {
            query,
            parameters = new object[]
            {
                new { name = "@v", value = new[] { 1, 2 } }, new { name = "@b", value = true }, new { name = "@f", value = "euclidean" },
                new { name = "@o", value = new { distanceFunction = "cosine" } },
            },
        });
        var policy = new VectorEmbeddingPolicy(new Collection<Embedding>
        {
            new() { Path = "/embedding", DataType = VectorDataType.Float32, Dimensions = 2, DistanceFunction = function },
        });
        var (expected, actual) = (oracle.Plan(body, Key, policy), Plan(body, function));
        // Of an error, words and places as well.
        if (expected.Contains("\"errors\"", StringComparison.Ordinal))
            Assert.Equal(expected, actual);
        Assert.Equal(PlanText.Of(expected), PlanText.Of(actual));
    }

    private static string Plan(string body, DistanceFunction function)
    {
        var policy = $$$"""{"vectorEmbeddingPolicy":{"vectorEmbeddings":[{"path":"/embedding","dataType":"float32","dimensions":2,"distanceFunction":"{{{function}}}"}]}}""";
        try
        {
            using var request = JsonDocument.Parse(body);
            return QueryPlanner.PlanJson(
                request.RootElement, new CorpusQuery("", "Hash", ["/pk"]).PartitionKey, vectors: VectorPolicy.Read(Encoding.UTF8.GetBytes(policy)));
        }
        catch (SqlQueryException e)
        {
            return SqlErrors.ToJson(e.Errors);
        }
        catch (QueryException e)
        {
            return JsonSerializer.Serialize(new { Errors = new[] { e.Message } });
        }
    }
}
