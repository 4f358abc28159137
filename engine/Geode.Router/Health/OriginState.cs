namespace Geode.Router.Health;

/// <summary>What the router thinks of an origin. Draining is not a state of health: an operator says so.</summary>
internal enum OriginState
{
    /// <summary>Not probed yet; used as if healthy.</summary>
    Unknown,
    Healthy,

    /// <summary>Answers, but far slower than it used to: used when nothing better is there.</summary>
    Degraded,
    Unhealthy,

    /// <summary>It has no instance, and is neither well nor unwell: the request that is for it wakes it.</summary>
    Asleep,
}
