using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Tells the log of every change of an origin's state, once.</summary>
internal sealed partial class OriginEvents(ILogger<OriginEvents> logger)
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

    [LoggerMessage(1, LogLevel.Information, "Origin {Origin} is {State}: {Why}.")]
    private partial void Better(string origin, OriginState state, string why);

    [LoggerMessage(2, LogLevel.Warning, "Origin {Origin} is {State}: {Why}.")]
    private partial void Worse(string origin, OriginState state, string why);
}
