using Geode.Router.Limits;
using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Tells the log of every change of an origin's state, once; and when it is the machine that is unwell.</summary>
internal sealed partial class OriginEvents(OnceLog once, ILogger<OriginEvents> logger)
{
    /// <param name="before">The state before what just happened.</param>
    public void Report(OriginInstance origin, OriginState before)
    {
        var verdict = origin.Health.Now;
        if (verdict.State == before)
            return;
        if (verdict.State is OriginState.Healthy)
            Better(origin.ToString(), verdict.State, verdict.Why);
        else
            Worse(origin.ToString(), verdict.State, verdict.Why);
    }

    /// <summary>What the router sees may be its own doing.</summary>
    public void Busy(string why)
    {
        if (once.First("busy"))
            MachineIsBusy(why);
    }

    /// <summary>Its instances are not the ones they were.</summary>
    public void Instances(Origin origin)
    {
        if (origin.Instances is { Length: > 0 } instances)
            Listed(origin.Name, string.Join(", ", instances.Select(i => i.Prefix)));
        else
            Sleeps(origin.Name);
    }

    public void NotWoken(Origin origin, string why)
    {
        if (once.First("wake " + origin.Name))
            WakeFailed(origin.Name, why);
    }

    [LoggerMessage(1, LogLevel.Information, "Origin {Origin} is {State}: {Why}.")]
    private partial void Better(string origin, OriginState state, string why);

    [LoggerMessage(2, LogLevel.Warning, "Origin {Origin} is {State}: {Why}.")]
    private partial void Worse(string origin, OriginState state, string why);

    [LoggerMessage(3, LogLevel.Warning, "This machine is busy ({Why}): probes are given more time before an origin is called unhealthy (said once a minute).")]
    private partial void MachineIsBusy(string why);

    [LoggerMessage(4, LogLevel.Information, "Origin {Origin} has the instances {Instances}.")]
    private partial void Listed(string origin, string instances);

    [LoggerMessage(5, LogLevel.Information, "Origin {Origin} sleeps: it has no instance.")]
    private partial void Sleeps(string origin);

    [LoggerMessage(6, LogLevel.Warning, "Origin {Origin} sleeps and cannot be woken: {Why} (said once a minute).")]
    private partial void WakeFailed(string origin, string why);
}
