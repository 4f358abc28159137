namespace Geode.Backplane.Faults;

/// <summary>How a region misbehaves towards its clients.</summary>
public enum OutageMode
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Connections are closed before an answer.</summary>
    Refuse,

    /// <summary>Connections are reset.</summary>
    Reset,

    /// <summary>Requests are taken and never answered.</summary>
    Hang,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>403/1008: the region is being taken out of the account.</summary>
    Draining,

    /// <summary>403/3 on writes.</summary>
    WriteForbidden,

    /// <summary>404/1002: the replica is behind the session.</summary>
    Stale,

    /// <summary>429/3200.</summary>
    Throttled,

    /// <summary>The account no longer lists the region.</summary>
    Gone,
}

/// <summary>A region's current outage; switchable while it serves.</summary>
public sealed class OutageSwitch
{
    private volatile int _mode;

    public OutageMode Mode
    {
        get => (OutageMode)_mode;
        set => _mode = (int)value;
    }
}
