using System.Collections.ObjectModel;
using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Search by distance over one partition and over several, whose answers the client merges.</summary>
[Collection(SdkCollection.Name)]
public sealed class VectorSearchTests(SdkServers servers)
{
    private const int Count = 30;
    private const string Nearest = "SELECT TOP 12 VALUE c.id FROM c ORDER BY VectorDistance(c.vector, [3, 1])";

    private sealed record Point(string Id, string Pk, double[]? Vector);

    [Theory]
    [InlineData(DistanceFunction.Cosine)]
    [InlineData(DistanceFunction.DotProduct)]
    [InlineData(DistanceFunction.Euclidean)]
    public async Task The_nearest_come_first_whatever_the_policy_means_by_it(DistanceFunction function)
    {
        var random = new Random(7);
        Point[] points = [.. Enumerable.Range(0, Count).Select(i => new Point($"p{i:00}", $"k{i % 9}", i % 5 == 0 ? null : i % 7 == 0 ? [1.0] : [random.Next(-40, 40) + 0.5, random.Next(-40, 40) + 0.25]))];
        string[] expected = [.. points.Where(p => p.Vector is { Length: 2 }).OrderBy(p => Distance(function, p.Vector!)).Select(p => p.Id).Take(12)];
        foreach (var server in new[] { servers.One, servers.Three })
        {
            var container = await server.ContainerAsync(c => c.VectorEmbeddingPolicy = Policy(function));
            foreach (var point in points)
                await container.CreateItemAsync(point);
            Assert.Equal(expected, await container.QueryAsync<string>(Nearest));
            Assert.Equal(expected, await container.QueryAsync<string>(Nearest, new QueryRequestOptions { MaxItemCount = 5 }));
            Assert.Equal(expected[2..7], await container.QueryAsync<string>("SELECT VALUE c.id FROM c ORDER BY VectorDistance(c.vector, [3, 1]) OFFSET 2 LIMIT 5"));
            await container.DeleteContainerAsync();
        }
    }

    [Fact]
    public async Task A_policy_that_means_nothing_is_refused() =>
        await servers.One.ContainerAsync(c => c.VectorEmbeddingPolicy = new(new Collection<Embedding>
        {
            new() { Path = "/vector", DataType = VectorDataType.Float32, DistanceFunction = DistanceFunction.Cosine, Dimensions = 0 },
        })).FailsAsync(HttpStatusCode.BadRequest);

    // Smaller is nearer.
    private static double Distance(DistanceFunction function, double[] v) => function switch
    {
        DistanceFunction.Euclidean => Math.Sqrt(((v[0] - 3) * (v[0] - 3)) + ((v[1] - 1) * (v[1] - 1))),
        DistanceFunction.DotProduct => -((3 * v[0]) + v[1]),
        _ => -((3 * v[0]) + v[1]) / Math.Sqrt((v[0] * v[0]) + (v[1] * v[1])),
    };

    private static VectorEmbeddingPolicy Policy(DistanceFunction function) => new(new Collection<Embedding>
    {
        new() { Path = "/vector", DataType = VectorDataType.Float32, DistanceFunction = function, Dimensions = 2 },
    });
}
