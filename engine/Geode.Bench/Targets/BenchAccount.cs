using System.Net;
using Geode.Bench.Workloads;
using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Targets;

/// <summary>A client of a <see cref="Target"/> with a database of its own, filled as workloads need it and dropped at the end.</summary>
internal sealed class BenchAccount : IAsyncDisposable
{
    private const int SeedConcurrency = 32;
    private readonly Target _target;
    private readonly ServerProcess? _process;
    private readonly CosmosClient _client;
    private readonly string _database = $"bench-{Guid.NewGuid():N}";
    private readonly Dictionary<Dataset, Container> _containers = [];

    /// <param name="process">The server, when it runs here and its processor time can be read.</param>
    public BenchAccount(Target target, ServerProcess? process = null)
    {
        _target = target;
        _process = process;
        _client = CreateClient(target);
    }

    public string Name => _target.Name;

    /// <summary>Processor time the server used so far; null when it cannot be known.</summary>
    public TimeSpan? ServerTime => _process?.ProcessorTime;

    /// <summary>A client that talks to this endpoint and no other.</summary>
    public static CosmosClient CreateClient(Target target) => new(target.Endpoint.ToString(), target.Key, new CosmosClientOptions
    {
        ApplicationName = "geode-bench",
        ConnectionMode = ConnectionMode.Gateway,
        GatewayModeMaxConnectionLimit = 256,
        LimitToEndpoint = true,
        RequestTimeout = TimeSpan.FromSeconds(30),
    });

    /// <summary>The container of <paramref name="dataset"/>, created and filled on first use.</summary>
    public async Task<Container> ContainerAsync(Dataset dataset, CancellationToken cancellation)
    {
        if (_containers.TryGetValue(dataset, out var known)) return known;
        Database database = await _client.CreateDatabaseIfNotExistsAsync(_database, cancellationToken: cancellation);
        Container container = await database.CreateContainerIfNotExistsAsync(PropertiesOf(dataset), cancellationToken: cancellation);
        if (_target.KeepsData) await FillAsync(container, dataset.Items, cancellation);
        return _containers[dataset] = container;
    }

    private static ContainerProperties PropertiesOf(Dataset dataset)
    {
        var properties = new ContainerProperties(dataset.Name, BenchItem.PartitionKeyPath);
        if (!dataset.IndexesTexts) return properties;
        properties.FullTextPolicy = new FullTextPolicy { DefaultLanguage = "en-US", FullTextPaths = [new FullTextPath { Path = BenchItem.WordsPath, Language = "en-US" }] };
        properties.IndexingPolicy.FullTextIndexes.Add(new FullTextIndexPath { Path = BenchItem.WordsPath });
        return properties;
    }

    public static Task FillAsync(Container container, int items, CancellationToken cancellation) =>
        Parallel.ForAsync(0, items, new ParallelOptions { MaxDegreeOfParallelism = SeedConcurrency, CancellationToken = cancellation }, async (number, token) =>
        {
            using var item = new MemoryStream(BenchItem.Json(number), writable: false);
            using var response = await container.UpsertItemStreamAsync(item, new PartitionKey(BenchItem.PartitionKey(number)), cancellationToken: token);
            if (!response.IsSuccessStatusCode)
                throw new BenchException($"Filling {container.Id} stopped at item {number}: {(int)response.StatusCode} {response.ErrorMessage}");
        });

    public async ValueTask DisposeAsync()
    {
        if (_containers.Count > 0)
        {
            using var response = await _client.GetDatabase(_database).DeleteStreamAsync();
            if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.NotFound)
                Console.Error.WriteLine($"{Name}: database {_database} was left behind: {response.ErrorMessage}");
        }

        _client.Dispose();
    }
}
