using Geode.Router.Configuration;
using Geode.Router.Forwarding;
using Geode.Router.Origins;
using Geode.Topology;

namespace Geode.Router.Health;

/// <summary>Asks one instance again and again whether it is ready, at jittered intervals so that many routers do not ask at once.</summary>
internal sealed class ActiveProber(OriginInstance origin, RouterState state, TimeProvider time, OriginEvents events, SelfDoubt doubt)
{
    private const double WakingMs = 50;

    private readonly ProbeDeadline _deadline = new();

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var options = state.Current.Setup.Options.Health;
            await ProbeAsync(options, stop);
            // Requests wait for one that wakes.
            var wait = (origin.Origin.IsAsleep ? WakingMs : options.ProbeIntervalMs) * (0.9 + 0.2 * Random.Shared.NextDouble());
            await Task.Delay(TimeSpan.FromMilliseconds(wait), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task ProbeAsync(HealthOptions options, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var deadlineMs = _deadline.NextMs(options);
        var asked = time.GetTimestamp();
        limit.CancelAfter(TimeSpan.FromMilliseconds(deadlineMs));
        // As requests are sent: an origin may speak nothing else.
        var requests = state.Current.Forwarding;
        using var request = new HttpRequestMessage(HttpMethod.Get, origin.Prefix + options.ProbePath)
        {
            Version = requests.Version!,
            VersionPolicy = requests.VersionPolicy!.Value,
        };
        try
        {
            using var response = await origin.Client.SendAsync(request, limit.Token);
            _deadline.Answered(time.GetElapsedTime(asked).TotalMilliseconds);
            if (response.IsSuccessStatusCode)
                Good();
            else
                Bad($"it answered {(int)response.StatusCode}", Ailment.Unready);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Missed(asked, deadlineMs);
        }
        catch (Exception error) when (TryFailureOf.IsOurs(error))
        {
            // Out of sockets or of ports here: that says nothing about the origin.
        }
        catch (Exception error) when (ConnectionFailure.Is(error))
        {
            Bad(FailureText.Of(error), TryFailureOf.Exception(error) == TryFailure.Unreached ? Ailment.Unreachable : Ailment.Failing);
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
        if (origin.Health.State != OriginState.Unhealthy)
            origin.Origin.Probed(origin);
        events.Report(origin, before);
    }

    /// <summary>Silence can have other reasons than the origin. It is believed at once only when it has answered no request meanwhile,
    /// this router was on time, and not all origins are as silent.</summary>
    private void Missed(long asked, double deadlineMs)
    {
        var busy = doubt.WasLateSince(asked) || SelfDoubt.Overslept(time.GetElapsedTime(asked), deadlineMs) ? "its own clock runs late"
            : SelfDoubt.AllSilent(state.Current.Origins) ? "no origin answers its probes in time"
            : null;
        if (busy is not null)
            events.Busy(busy);
        var doubtful = busy is not null || origin.Latency.LastAnswer > asked;
        if (doubtful || origin.Health.State == OriginState.Unhealthy)
            _deadline.Extend();
        Bad(FormattableString.Invariant($"no answer within {deadlineMs:0} ms"), Ailment.Silent, asked, doubtful);
    }

    private void Bad(string how, Ailment ailment, long asked = 0, bool doubtful = false)
    {
        var before = origin.Health.State;
        // Who only says that it is not ready still answers what it has.
        if (origin.Health.ProbeFailed(how, ailment, asked, doubtful) && ailment is not Ailment.Unready)
            origin.InFlight.Evacuate();
        events.Report(origin, before);
    }
}
