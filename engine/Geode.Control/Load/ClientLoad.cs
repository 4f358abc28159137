using Geode.Control.Events;
using Geode.Topology;

namespace Geode.Control.Load;

/// <summary>Simulated clients around the globe: one set of them at a time.</summary>
/// <param name="each">See <see cref="FlowMeter"/>.</param>
internal sealed class ClientLoad(Uri router, Timeline timeline, TimeProvider time, Action<Place, string?, TimeSpan>? each = null) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private Running? _running;

    /// <summary>Null when none run.</summary>
    public LoadView? View() => _running is { } load ? load.View() : null;

    /// <summary>Starts clients; those that ran before end first.</summary>
    public async Task<LoadView> StartAsync(LoadSettings settings)
    {
        await _turn.WaitAsync();
        try
        {
            await EndAsync();
            var load = new Running(settings, new(time, each), new(settings, time), new());
            load.Clients = Task.WhenAll(settings.Cities.Select((city, i) => CityOf(load, city).RunAsync(1 - (double)i / settings.Cities.Count, load.Stop.Token)));
            _running = load;
            timeline.Add(
                "load", null, null, "started",
                $"{settings.Clients} simulated clients in {settings.Cities.Count} cities, {settings.RequestsPerSecond:0.##} requests/s{(settings.Day is { } day ? $", a day in {day.Length.TotalMinutes:0.##} min" : "")}");
            if (settings.Surge is { } surge)
                Tell(surge);
            return load.View();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>One city asks more than usual, from now on.</summary>
    /// <exception cref="ControlException">409: no clients run; 400, naming the field and what is allowed.</exception>
    public async Task<LoadView> SurgeAsync(SurgeRequest request)
    {
        await _turn.WaitAsync();
        try
        {
            var load = _running ?? throw new ControlException(409, "No simulated clients run: start them with PUT /planet/load.");
            var surge = request.Complete(load.Settings);
            load.Pace.Surge(surge);
            Tell(surge);
            return load.View();
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

    private CityLoad CityOf(Running load, Place city) => new(
        city, load.Settings.ClientsIn(city), load.Pace, number => new(router, city, number, load.Settings.WriteShare), load.Meter, time);

    private void Tell(SurgeSettings surge) => timeline.Add(
        "load", null, null, "surge", $"{surge.Place} asks {surge.Factor:0.##} times as much as usual for {surge.Length.TotalSeconds:0.##} s");

    private sealed record Running(LoadSettings Settings, FlowMeter Meter, LoadPace Pace, CancellationTokenSource Stop)
    {
        public Task Clients { get; set; } = Task.CompletedTask;

        public LoadView View() => Pace.Seen(Meter.View(Settings));
    }
}
