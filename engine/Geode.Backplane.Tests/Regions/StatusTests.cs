using System.Diagnostics.Metrics;
using Geode.TestKit;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Regions;

public sealed class StatusTests
{
    private static readonly PartitionKey Key = new("p");

    public sealed record Item(string Id, string Pk, string Text);

    [Fact]
    public async Task Lag_conflicts_and_sizes_are_shown_by_status_and_metrics()
    {
        using var folder = new TemporaryFolder();
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"], data: folder.Path);
        var regions = await backplane.ContainerAsync(new ContainerProperties("items", "/pk"));
        await regions[0].CreateItemAsync(new Item("1", "p", "start"), Key);
        // Lag is counted from the first commit of a region that came.
        await regions[1].CreateItemAsync(new Item("0", "p", "start"), Key);
        await backplane.ConvergedAsync();
        await backplane.LinksAsync(new { state = "down" });
        await regions[0].DeleteItemAsync<Item>("1", Key);
        await regions[1].ReplaceItemAsync(new Item("1", "p", "there"), "1", Key);
        await regions[0].CreateItemAsync(new Item("2", "p", "here"), Key);
        await regions[1].CreateItemAsync(new Item("2", "p", "there"), Key);
        // The way back is long: what the peer has is known long before it is here.
        await backplane.LinksAsync(new { state = "up", delayMs = 5000 });
        await RunningBackplane.EventuallyAsync(async () => Lag(await StatusAsync(0)) is { Lag: 2, LagMs: > 0 }, "a lag of two commits");
        Assert.Contains(Measure("geode.backplane.link.lag"), m => m == 2);

        await backplane.LinksAsync(new { delayMs = 0 });
        await backplane.ConvergedAsync();
        var status = await StatusAsync(0);
        Assert.Equal((0, 0.0), Lag(status));
        var conflicts = status.GetProperty("conflicts");
        Assert.Equal((1, 0, 1), (conflicts.GetProperty("insert").GetInt32(), conflicts.GetProperty("replace").GetInt32(), conflicts.GetProperty("delete").GetInt32()));
        Assert.True(status.GetProperty("logBytes").GetInt64() > 0);
        Assert.Equal(backplane.Planet.RegionNames, status.GetProperty("vector").EnumerateObject().Select(v => v.Name));
        Assert.Equal(4, Measure("geode.backplane.conflicts").Sum());
        Assert.Equal(status.GetProperty("commits").GetInt64() + (await StatusAsync(1)).GetProperty("commits").GetInt64(), Measure("geode.backplane.commits").Sum());

        var compacted = await backplane.AdminAsync(HttpMethod.Post, backplane.Planet.Regions[0], "compact");
        Assert.True(compacted.GetProperty("snapshotBytes").GetInt64() > 0);

        Task<System.Text.Json.JsonElement> StatusAsync(int region) => backplane.AdminAsync(HttpMethod.Get, backplane.Planet.Regions[region], "status");
        double[] Measure(string instrument) => Values(backplane.Host.Metrics.Meter, instrument);
    }

    private static (long Lag, double LagMs) Lag(System.Text.Json.JsonElement status)
    {
        var link = status.GetProperty("links")[0];
        return (link.GetProperty("lag").GetInt64(), link.GetProperty("lagMs").GetDouble());
    }

    private static double[] Values(Meter meter, string instrument)
    {
        var values = new List<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (published, l) =>
            {
                if (published.Meter == meter && published.Name == instrument)
                    l.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => values.Add(value));
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => values.Add(value));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. values];
    }
}
