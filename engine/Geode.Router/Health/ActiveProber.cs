using Geode.Router.Configuration;
using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Asks one origin again and again whether it is ready, at jittered intervals so that many routers do not ask at once.</summary>
internal sealed class ActiveProber(Origin origin, RouterState state, TimeProvider time, OriginEvents events)
{
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var options = state.Current.Setup.Options.Health;
            await ProbeAsync(options, stop);
            var wait = options.ProbeIntervalMs * (0.9 + 0.2 * Random.Shared.NextDouble());
            await Task.Delay(TimeSpan.FromMilliseconds(wait), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task ProbeAsync(HealthOptions options, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromMilliseconds(options.ProbeTimeoutMs));
        using var request = new HttpRequestMessage(HttpMethod.Get, origin.Prefix + options.ProbePath);
        try
        {
            using var response = await origin.Client.SendAsync(request, limit.Token);
            if (response.IsSuccessStatusCode)
                Good();
            else
                Bad($"it answered {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Bad(FormattableString.Invariant($"no answer within {options.ProbeTimeoutMs} ms"));
        }
        catch (HttpRequestException error)
        {
            Bad(FailureText.Of(error));
        }
        catch (OperationCanceledException)
        {
            // The router stops; what the origin would have said matters to nobody.
        }
    }

    private void Good()
    {
        var before = origin.Health.State;
        origin.Health.ProbeSucceeded();
        events.Report(origin, before);
    }

    private void Bad(string how)
    {
        var before = origin.Health.State;
        if (origin.Health.ProbeFailed(how))
            origin.InFlight.Evacuate();
        events.Report(origin, before);
    }
}
