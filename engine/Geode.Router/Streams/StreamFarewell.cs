namespace Geode.Router.Streams;

/// <summary>When the router itself stops, its streams are told to come back, to whichever router is there then.</summary>
internal sealed class StreamFarewell(RouterState state, TimeProvider time) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(state.Current.Origins.SelectMany(o => o.Instances).Concat(state.Leaving).Select(i => i.Streams.EndAsync(TimeSpan.Zero, time, cancellationToken)));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
