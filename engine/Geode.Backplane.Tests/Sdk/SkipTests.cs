using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Linq;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Counts of rows at the end of what the client can say.</summary>
[Collection(SdkCollection.Name)]
public sealed class SkipTests(SdkServers servers) : IAsyncLifetime
{
    private const int Count = 12;
    private readonly List<Container> _containers = [];

    public async Task InitializeAsync()
    {
        foreach (var server in new[] { servers.One, servers.Three })
        {
            _containers.Add(await server.ContainerAsync());
            await _containers[^1].FillAsync(Count);
        }
    }

    public Task DisposeAsync() => Task.WhenAll(_containers.Select(c => c.DeleteContainerAsync()));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(Count)]
    [InlineData(int.MaxValue)]
    public async Task Skip_without_Take_leaves_the_rest(int skipped)
    {
        foreach (var container in _containers)
        {
            var notes = container.GetItemLinqQueryable<Note>();
            Assert.Equal(Math.Max(0, Count - (long)skipped), (await notes.Skip(skipped).ToFeedIterator().AllAsync()).Count);
            Assert.Equal(
                Enumerable.Range(0, Count).Skip(skipped), (await notes.OrderBy(n => n.Number).Skip(skipped).ToFeedIterator().AllAsync()).Select(n => n.Number));
        }
    }

    [Fact]
    public async Task Skip_in_a_partition_leaves_the_rest()
    {
        foreach (var container in _containers)
        {
            var notes = container.GetItemLinqQueryable<Note>(requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey("k1") });
            Assert.Equal([5, 9], (await notes.OrderBy(n => n.Number).Skip(1).ToFeedIterator().AllAsync()).Select(n => n.Number));
        }
    }

    [Theory]
    [InlineData("SELECT TOP 2147483647 VALUE c.number FROM c ORDER BY c.number", Count)]
    [InlineData("SELECT VALUE c.number FROM c ORDER BY c.number OFFSET 0 LIMIT 2147483647", Count)]
    [InlineData("SELECT VALUE c.number FROM c OFFSET 2147483647 LIMIT 2147483647", 0)]
    [InlineData("SELECT DISTINCT VALUE c.number FROM c OFFSET 3 LIMIT 2147483647", Count - 3)]
    [InlineData("SELECT VALUE COUNT(1) FROM c GROUP BY c.pk OFFSET 3 LIMIT 2147483647", 1)]
    public async Task The_largest_counts_are_taken(string query, int rows)
    {
        foreach (var container in _containers)
            Assert.Equal(rows, (await container.QueryAsync<int>(query)).Count);
    }
}
