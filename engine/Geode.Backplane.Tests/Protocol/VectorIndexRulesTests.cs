using System.Text;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>Definitions of vector indexes that Cosmos DB refuses, with its words where its clients' tests have them.</summary>
public sealed class VectorIndexRulesTests
{
    private const string Embeddings =
        """
        {"path":"/a","dataType":"float32","distanceFunction":"euclidean","dimensions":256},
        {"path":"/in/b","dataType":"int8","distanceFunction":"dotproduct","dimensions":4096}
        """;

    [Theory]
    [InlineData("""{"path":"/a","type":"flat"}""")]
    [InlineData("""{"path":"/a","type":"quantizedFlat","quantizationByteSize":256,"vectorIndexShardKey":["/country/city"]},{"path":"/in/b","type":"DiskANN","quantizationByteSize":512}""")]
    [InlineData("""{"path":"/in/b","type":"diskANN","quantizerType":"product","quantizationByteSize":1,"indexingSearchListSize":25,"vectorIndexShardKey":["/city"]}""")]
    [InlineData("""{"path":"/a","type":"diskANN","indexingSearchListSize":500,"quantizationByteSize":null,"vectorIndexShardKey":null}""")]
    public void What_Azure_takes_is_taken(string indexes)
    {
        var kept = ContainerRules.Complete(Encoding.UTF8.GetBytes(Definition(Embeddings, $"[{indexes}]")));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($"[{indexes}]"), kept["indexingPolicy"]!["vectorIndexes"]));
    }

    [Theory]
    [InlineData("""{"path":"/c","type":"flat"}""", "The Vector Indexing Policy's path::/c not matching in Embedding's path.")]
    [InlineData("""{"path":"/a","type":"notFlat"}""", "Index Type::notFlat is invalid")]
    [InlineData("""{"path":"/a"}""", "The allowed types are flat, quantizedFlat, diskANN.")]
    [InlineData("""{"path":"/a","type":"flat"},{"path":"/a","type":"diskANN"}""", "the path::/a more than once")]
    [InlineData("""{"path":"/in/b","type":"flat"}""", "Dimensions:4096 which is more than the maximum supported value 505")]
    [InlineData("""{"path":"/a","type":"quantizedFlat","quantizationByteSize":0}""", "The Vector Indexing Policy parameter QuantizationByteSize value :: 0 is out of range. The allowed range is between 1 and 256.")]
    [InlineData("""{"path":"/in/b","type":"quantizedFlat","quantizationByteSize":513}""", "QuantizationByteSize value :: 513 is out of range. The allowed range is between 1 and 512.")]
    [InlineData("""{"path":"/a","type":"diskANN","indexingSearchListSize":5}""", "IndexingSearchListSize value :: 5 is out of range. The allowed range is between 25 and 500.")]
    [InlineData("""{"path":"/a","type":"diskANN","indexingSearchListSize":501}""", "IndexingSearchListSize value :: 501")]
    [InlineData("""{"path":"/a","type":"diskANN","indexingSearchListSize":"many"}""", "One of the specified inputs is invalid")]
    [InlineData("""{"path":"/a","type":"diskANN","quantizerType":"round"}""", "QuantizerType::round is invalid. The allowed types are product, spherical.")]
    [InlineData("""{"path":"/a","type":"diskANN","vectorIndexShardKey":["country"]}""", "The Vector Indexing Policy has an invalid Shard Path: country.")]
    [InlineData("""{"path":"/a","type":"diskANN","vectorIndexShardKey":["/a","/b","/c"]}""", "The number of shard paths defined in the Vector Indexing Policy: 3 exceeds the maximum: 1.")]
    [InlineData("""{"path":"/a","type":"diskANN","vectorIndexShardKey":"/country"}""", "One of the specified inputs is invalid")]
    [InlineData("""7""", "One of the specified inputs is invalid")]
    [InlineData("""{"path":7,"type":"flat"}""", "One of the specified inputs is invalid")]
    public void What_Azure_refuses_is_refused(string indexes, string message) => AssertRefused(Definition(Embeddings, $"[{indexes}]"), message);

    [Fact]
    public void Indexes_without_a_policy_or_that_are_no_list_are_refused()
    {
        AssertRefused(Definition("", """[{"path":"/a","type":"flat"}]"""), "The Vector Indexing Policy's path::/a not matching in Embedding's path.");
        AssertRefused(Definition(Embeddings, """{"path":"/a"}"""), "One of the specified inputs is invalid");
    }

    [Theory]
    [InlineData("""{"path":"/a","dataType":"float33","distanceFunction":"euclidean","dimensions":256}""", "Vector Embedding Policy has an invalid DataType:float33")]
    [InlineData("""{"path":"/a","dataType":"float32","distanceFunction":"handMeasured","dimensions":256}""", "The Vector Embedding Policy has an invalid DistanceFunction:handMeasured")]
    [InlineData("""{"path":"/a","dataType":"float32","distanceFunction":"euclidean","dimensions":8000}""", "Vector Embedding Policy has Dimensions:8000 which is more than the maximum supported value")]
    [InlineData("""{"path":"/a","dataType":"float32","distanceFunction":"euclidean","dimensions":-1}""", "The Vector Embedding Policy has Dimensions:-1")]
    [InlineData("""{"path":"/a","dataType":"float32","distanceFunction":"euclidean"}""", "It must be a whole number from 1 to 4096")]
    [InlineData("""{"path":"/a/*","dataType":"float32","distanceFunction":"euclidean","dimensions":3}""", "without * and []")]
    [InlineData("""{"path":"/a","dataType":"int8","distanceFunction":"cosine","dimensions":3},{"path":"/a","dataType":"int8","distanceFunction":"cosine","dimensions":4}""", "more than once")]
    public void A_policy_that_means_nothing_is_refused(string embeddings, string message) => AssertRefused(Definition(embeddings, "[]"), message);

    [Theory]
    [InlineData("""{"path":"/a","type":"flat"}""", null)]
    [InlineData("""{"path":"/a","type":"flat"},{"path":"/in/b","type":"diskANN"}""", null)]
    [InlineData("""{"path":"/a","type":"quantizedFlat"}""", "Paths in existing vector indexing policy cannot be modified in Collection Replace")]
    [InlineData("", "Paths in existing vector indexing policy cannot be modified in Collection Replace")]
    public void What_was_declared_stays(string indexes, string? message) =>
        AssertReplacement(Definition(Embeddings, $"[{indexes}]"), message);

    [Fact]
    public void The_policy_stays_too()
    {
        const string Index = """[{"path":"/a","type":"flat"}]""";
        AssertReplacement(Definition(Embeddings.Replace("256", "384", StringComparison.Ordinal), Index), "Paths in existing embedding policy cannot be modified in Collection Replace");
        AssertReplacement(Definition(Embeddings + """,{"path":"/c","dataType":"int8","distanceFunction":"cosine","dimensions":3}""", Index), null);
    }

    private static void AssertReplacement(string definition, string? message)
    {
        var before = JsonNode.Parse(Definition(Embeddings, """[{"path":"/a","type":"flat"}]"""))!.AsObject();
        var after = JsonNode.Parse(definition)!.AsObject();
        if (message is null)
            VectorIndexRules.CheckReplacement(before, after);
        else
            AssertMessage(message, Assert.Throws<ProtocolException>(() => VectorIndexRules.CheckReplacement(before, after)));
    }

    private static void AssertRefused(string definition, string message) =>
        AssertMessage(message, Assert.Throws<ProtocolException>(() => ContainerRules.Complete(Encoding.UTF8.GetBytes(definition))));

    private static void AssertMessage(string message, ProtocolException refused)
    {
        Assert.Equal(400, refused.Status);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static string Definition(string embeddings, string indexes) =>
        $$"""{"id":"c","partitionKey":{"paths":["/pk"]},"vectorEmbeddingPolicy":{"vectorEmbeddings":[{{embeddings}}] },"indexingPolicy":{"vectorIndexes":{{indexes}} } }""";
}
