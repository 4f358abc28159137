using Geode.Router.Limits;
using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Tells the log of every change of an origin's state, once; and when it is the machine that is unwell.</summary>
internal sealed partial class OriginEvents(OnceLog once, ILogger<OriginEvents> logger)
{
    /// <param name="before">The state before what just happened.</param>
    public void Report(Origin origin, OriginState before)
    {
        var verdict = origin.Health.Now;
        if (verdict.State == before)
            return;
        if (verdict.State is OriginState.Healthy)
            Better(origin.Name, verdict.State, verdict.Why);
        else
            Worse(origin.Name, verdict.State, verdict.Why);
    }

    /// <summary>What the router sees may be its own doing.</summary>
    public void Busy(string why)
    {
        if (once.First("busy"))
            MachineIsBusy(why);
    }

    [LoggerMessage(1, LogLevel.Information, "Origin {Origin} is {State}: {Why}.")]
    private partial void Better(string origin, OriginState state, string why);

    [LoggerMessage(2, LogLevel.Warning, "Origin {Origin} is {State}: {Why}.")]
    private partial void Worse(string origin, OriginState state, string why);

    [LoggerMessage(3, LogLevel.Warning, "This machine is busy ({Why}): probes are given more time before an origin is called unhealthy (said once a minute).")]
    private partial void MachineIsBusy(string why);
}
