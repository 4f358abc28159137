using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>The lag that the client's estimator makes of leases and answers.</summary>
[Collection(SdkCollection.Name)]
public sealed class EstimatorTests(SdkServers servers)
{
    [Fact]
    public async Task A_range_without_a_change_counts_as_one_and_one_that_is_drained_as_none()
    {
        var leases = await servers.One.ContainerAsync(null, "/id");
        var container = await servers.Three.ContainerAsync();
        await container.CreateItemAsync(new Note("first", "k0"));
        using var seen = new SemaphoreSlim(0);
        var processor = container.GetChangeFeedProcessorBuilder<Note>("work", (changes, _) =>
            {
                seen.Release(changes.Count);
                return Task.CompletedTask;
            })
            .WithInstanceName("one").WithLeaseContainer(leases).WithPollInterval(TimeSpan.FromMilliseconds(50)).WithStartTime(DateTime.UtcNow.AddDays(-1)).Build();
        await processor.StartAsync();
        await seen.WaitAsync();
        await UntilAsync([0, 1, 1]);

        // Enough keys for every range to have a change.
        await container.FillAsync(20, keys: 20);
        for (var i = 0; i < 20; i++)
            await seen.WaitAsync();
        await UntilAsync([0, 0, 0]);
        await processor.StopAsync();
        await container.CreateItemAsync(new Note("late", "k0"));
        await UntilAsync([0, 0, 1]);
        await container.DeleteContainerAsync();

        async Task UntilAsync(long[] lags)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
            long[] found;
            do
            {
                var states = await container.GetChangeFeedEstimator("work", leases).GetCurrentStateIterator().AllAsync();
                found = [.. states.Select(s => s.EstimatedLag).Order()];
                await Task.Delay(50, patience.Token);
            }
            while (!found.SequenceEqual(lags));
        }
    }
}
