using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Text.Json;
using Geode.Bench.Targets;
using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Vectors;

/// <summary>A container of vectors on our server, with an index or without.</summary>
internal sealed class VectorContainer(Container container, Target target)
{
    private const int Writers = 32;
    private const string Nearest = "SELECT TOP 10 VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v)";

    /// <param name="type">Null for one without an index.</param>
    public static async Task<VectorContainer> CreateAsync(Target target, CosmosClient client, string name, VectorIndexType? type, int dimensions, CancellationToken cancellation)
    {
        Database database = await client.CreateDatabaseIfNotExistsAsync("vectors", cancellationToken: cancellation);
        var properties = new ContainerProperties(name, "/pk")
        {
            VectorEmbeddingPolicy = new(new Collection<Embedding>
            {
                new() { Path = "/v", DataType = VectorDataType.Float32, DistanceFunction = DistanceFunction.Cosine, Dimensions = dimensions },
            }),
        };
        if (type is { } kind)
            properties.IndexingPolicy.VectorIndexes.Add(new VectorIndexPath { Path = "/v", Type = kind });
        return new VectorContainer(await database.CreateContainerAsync(properties, cancellationToken: cancellation), target);
    }

    public Task FillAsync(VectorData data, CancellationToken cancellation) =>
        Parallel.ForAsync(0, data.Count, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellation }, async (number, token) =>
        {
            using var item = new MemoryStream(data.ItemOf(number), writable: false);
            using var response = await container.CreateItemStreamAsync(item, new PartitionKey(VectorData.KeyOf(number)), cancellationToken: token);
            if (!response.IsSuccessStatusCode)
                throw new BenchException($"Filling {container.Id} stopped at item {number}: {(int)response.StatusCode} {response.ErrorMessage}");
        });

    /// <summary>Waits until the server says that the index is done.</summary>
    public async Task IndexedAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = target.Endpoint };
        while (!await IsIndexedAsync(http, cancellation))
            await Task.Delay(20, cancellation);
    }

    /// <summary>One query after the other.</summary>
    /// <returns>The median of their times in milliseconds, and the part of the true neighbours that they found.</returns>
    public async Task<(double Milliseconds, double Recall)> MeasureAsync(IReadOnlyList<(float[] Target, HashSet<string> Nearest)> targets, int queries, CancellationToken cancellation)
    {
        var (times, found) = (new List<double>(), 0);
        for (var i = 0; i < queries; i++)
        {
            var (vector, nearest) = targets[i % targets.Count];
            var began = Stopwatch.GetTimestamp();
            var query = new QueryDefinition(Nearest).WithParameter("@v", vector);
            var ids = new List<string>();
            using var feed = container.GetItemQueryIterator<string>(query);
            while (feed.HasMoreResults)
                ids.AddRange(await feed.ReadNextAsync(cancellation));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            found += ids.Count(nearest.Contains);
        }

        return (Measuring.Measurement.Median(times), found / (10.0 * queries));
    }

    private async Task<bool> IsIndexedAsync(HttpClient http, CancellationToken cancellation)
    {
        using var status = JsonDocument.Parse(await http.GetStringAsync("/_backplane/status", cancellation));
        return status.RootElement.GetProperty("containers").EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == container.Id).GetProperty("vectorIndexPercent").GetInt32() == 100;
    }
}
