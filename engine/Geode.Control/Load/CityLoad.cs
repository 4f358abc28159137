using System.Collections.Concurrent;
using Geode.Topology;

namespace Geode.Control.Load;

/// <summary>The clients of one city. Their requests begin when the city's pace says so, whatever an answer takes: a slow planet gets no less
/// load. While the city asks more than usual, more clients join; where all of them wait, what would begin does not.</summary>
internal sealed class CityLoad(Place city, int own, LoadPace pace, Func<int, SimulatedClient> join, FlowMeter meter, TimeProvider time)
{
    // So often is the pace looked at; and what a frozen machine has missed for longer is not made up for.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Missed = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<SimulatedClient> _idle = new();
    private readonly List<(SimulatedClient Client, Task Latest)> _clients = [];

    /// <param name="due">The share of a request that is due at once, 0 to 1, so that cities do not begin together.</param>
    /// <param name="stop">Ends it; returns when no request is under way.</param>
    public async Task RunAsync(double due, CancellationToken stop)
    {
        var last = time.GetTimestamp();
        try
        {
            while (true)
            {
                for (; due >= 1; due--)
                    Begin(stop);
                var rate = pace.RateOf(city);
                await Task.Delay(Clamp(TimeSpan.FromSeconds((1 - due) / rate), Least, Look), time, stop);
                var now = time.GetTimestamp();
                due += rate * Clamp(time.GetElapsedTime(last, now), TimeSpan.Zero, Missed).TotalSeconds;
                last = now;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(_clients.Select(c => c.Latest));
        }
        finally
        {
            foreach (var (client, _) in _clients)
                client.Dispose();
        }
    }

    private void Begin(CancellationToken stop)
    {
        if (_idle.TryDequeue(out var client))
            _clients[client.Number] = (client, ActAsync(client, stop));
        else if (_clients.Count < own * Math.Ceiling(pace.MostOf(city)))
        {
            client = join(_clients.Count);
            _clients.Add((client, ActAsync(client, stop)));
        }
    }

    private async Task ActAsync(SimulatedClient client, CancellationToken stop)
    {
        try
        {
            var start = time.GetTimestamp();
            var region = await client.ActAsync(stop);
            meter.Add(city, region, time.GetElapsedTime(start));
            _idle.Enqueue(client);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The load ends.
        }
    }

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;
}
