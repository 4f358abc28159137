using Geode.Bench.Workloads;
using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Targets;

/// <summary>A data folder with a known number of items.</summary>
internal static class LoadedFolder
{
    public const string Database = "loaded";

    /// <summary>Fills the folder through a server of its own, which is then killed.</summary>
    /// <returns>The path of the last item.</returns>
    public static async Task<string> FillAsync(string folder, int items, CancellationToken cancellation)
    {
        var (process, target) = LocalServers.StartBackplane(folder, "batch");
        await using var stop = process;
        await process.AnswersAsync(target, "/", null, cancellation);
        return await FillAsync(target, items, cancellation);
    }

    /// <summary>Fills a running server.</summary>
    /// <returns>The path of the last item.</returns>
    public static async Task<string> FillAsync(Target target, int items, CancellationToken cancellation)
    {
        using var client = BenchAccount.CreateClient(target);
        Microsoft.Azure.Cosmos.Database database = await client.CreateDatabaseIfNotExistsAsync(Database, cancellationToken: cancellation);
        Container container = await database.CreateContainerIfNotExistsAsync(Dataset.Large.Name, BenchItem.PartitionKeyPath, cancellationToken: cancellation);
        await BenchAccount.FillAsync(container, items, cancellation);
        return $"/dbs/{Database}/colls/{Dataset.Large.Name}/docs/{BenchItem.Id(items - 1)}";
    }
}
