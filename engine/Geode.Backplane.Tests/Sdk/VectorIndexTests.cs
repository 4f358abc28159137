using System.Collections.ObjectModel;
using System.Net;
using Geode.Backplane.Tests.Storage.Vectors;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Containers with vector indexes, made and asked by the client.</summary>
[Collection(SdkCollection.Name)]
public sealed class VectorIndexTests(SdkServers servers)
{
    private const int Dimensions = 8;
    private const int Count = 1200;
    private const int PerBatch = 100;

    private sealed record Point(string Id, string Pk, int Number, float[] Vector);

    [Theory]
    [InlineData(VectorIndexType.Flat)]
    [InlineData(VectorIndexType.QuantizedFlat)]
    [InlineData(VectorIndexType.DiskANN)]
    public async Task The_client_declares_an_index_and_finds_the_nearest(VectorIndexType type)
    {
        foreach (var server in new[] { servers.One, servers.Three })
        {
            var container = await server.ContainerAsync(c => Declare(c, type));
            var declared = (await container.ReadContainerAsync()).Resource.IndexingPolicy.VectorIndexes;
            Assert.Equal(("/vector", type), (declared[0].Path, declared[0].Type));
            var vectors = new RandomVectors(3, Dimensions);
            foreach (var chunk in Enumerable.Range(0, Count).Select(i => new Point($"p{i}", $"k{i / PerBatch}", i, vectors.Next())).Chunk(PerBatch))
            {
                var batch = container.CreateTransactionalBatch(new PartitionKey(chunk[0].Pk));
                foreach (var point in chunk)
                    batch.CreateItem(point);
                Assert.Equal(HttpStatusCode.OK, (await batch.ExecuteAsync()).StatusCode);
            }

            var found = 0;
            foreach (var target in vectors.Next(5))
            {
                found += (await NearestAsync(container, "", target)).Intersect(await NearestAsync(container, "", target, exactly: true)).Count();
                var even = await NearestAsync(container, "WHERE c.number % 20 = 0", target);
                Assert.Equal(10, even.Count);
                Assert.Equal(10, (await NearestAsync(container, "WHERE c.pk = 'k3'", target)).Count);
            }

            Assert.InRange(found, type == VectorIndexType.Flat ? 50 : 48, 50);
            await container.DeleteContainerAsync();
        }
    }

    [Fact]
    public async Task What_was_declared_cannot_be_changed()
    {
        var container = await servers.One.ContainerAsync(c => Declare(c, VectorIndexType.Flat));
        ContainerProperties properties = await container.ReadContainerAsync();
        properties.DefaultTimeToLive = 1000;
        Assert.Equal(HttpStatusCode.OK, (await container.ReplaceContainerAsync(properties)).StatusCode);
        properties.IndexingPolicy.VectorIndexes[0].Type = VectorIndexType.DiskANN;
        var failure = await container.ReplaceContainerAsync(properties).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains("Paths in existing vector indexing policy cannot be modified", failure.Message, StringComparison.Ordinal);
        await container.DeleteContainerAsync();
    }

    private static Task<List<string>> NearestAsync(Container container, string where, float[] target, bool exactly = false) =>
        container.GetItemQueryIterator<string>(
            new QueryDefinition($"SELECT TOP 10 VALUE c.id FROM c {where} ORDER BY VectorDistance(c.vector, @target, {(exactly ? "true" : "false")})")
                .WithParameter("@target", target)).AllAsync();

    private static void Declare(ContainerProperties container, VectorIndexType type)
    {
        container.VectorEmbeddingPolicy = new(new Collection<Embedding>
        {
            new() { Path = "/vector", DataType = VectorDataType.Float32, DistanceFunction = DistanceFunction.Cosine, Dimensions = Dimensions },
        });
        container.IndexingPolicy.VectorIndexes.Add(new VectorIndexPath { Path = "/vector", Type = type });
    }
}
