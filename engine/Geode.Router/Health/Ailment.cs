namespace Geode.Router.Health;

/// <summary>What is held against an origin, in the order in which one would still try it: the less it is, the sooner.</summary>
internal enum Ailment
{
    /// <summary>Nothing, or it has answered a request since: whatever its probes say, it is not dead.</summary>
    None,

    /// <summary>It answers probes, and says that it is not ready.</summary>
    Unready,

    /// <summary>It takes requests and breaks them off, or declines them.</summary>
    Failing,

    /// <summary>It takes requests, or probes, and is not heard of again.</summary>
    Silent,

    /// <summary>It takes no connection.</summary>
    Unreachable,
}
