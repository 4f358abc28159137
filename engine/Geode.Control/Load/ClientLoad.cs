using Geode.Control.Events;

namespace Geode.Control.Load;

/// <summary>Simulated clients around the globe: one set of them at a time.</summary>
internal sealed class ClientLoad(Uri router, Timeline timeline, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private Running? _running;

    /// <summary>Null when none run.</summary>
    public LoadView? View() => _running is { } load ? load.Meter.View(load.Settings) : null;

    /// <summary>Starts clients; those that ran before end first.</summary>
    public async Task<LoadView> StartAsync(LoadSettings settings)
    {
        await _turn.WaitAsync();
        try
        {
            await EndAsync();
            var load = new Running(settings, new(time), new());
            load.Clients = Task.WhenAll(Enumerable.Range(0, settings.Clients).Select(i => RunAsync(load, i)));
            _running = load;
            timeline.Add("load", null, null, "started", $"{settings.Clients} simulated clients in {Math.Min(settings.Clients, settings.Places.Count)} cities, {settings.RequestsPerSecond:0.##} requests/s");
            return load.Meter.View(settings);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>What they saw; null when none ran.</returns>
    public async Task<LoadView?> StopAsync()
    {
        await _turn.WaitAsync();
        try
        {
            var last = View();
            if (await EndAsync())
                timeline.Add("load", null, null, "stopped", $"simulated clients stopped after {last!.Requests:N0} requests, {last.Failures:N0} failed");
            return last;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<bool> EndAsync()
    {
        if (_running is not { } load)
            return false;
        _running = null;
        await load.Stop.CancelAsync();
        await load.Clients;
        load.Stop.Dispose();
        return true;
    }

    // Evenly spaced, whatever an answer takes: a slow planet gets no less load from those who do not wait for it.
    private async Task RunAsync(Running load, int number)
    {
        var (settings, stop) = (load.Settings, load.Stop.Token);
        using var client = new SimulatedClient(router, settings.Places[number % settings.Places.Count], number, settings.WriteShare);
        var interval = TimeSpan.FromSeconds(settings.Clients / settings.RequestsPerSecond);
        try
        {
            await Task.Delay(interval * number / settings.Clients, time, stop);
            using var timer = new PeriodicTimer(interval, time);
            do
            {
                var start = time.GetTimestamp();
                var region = await client.ActAsync(stop);
                load.Meter.Add(client.Place, region, time.GetElapsedTime(start));
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The load ends.
        }
    }

    private sealed record Running(LoadSettings Settings, FlowMeter Meter, CancellationTokenSource Stop)
    {
        public Task Clients { get; set; } = Task.CompletedTask;
    }
}
