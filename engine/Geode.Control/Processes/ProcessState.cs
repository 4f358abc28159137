namespace Geode.Control.Processes;

/// <summary>What the planet knows of one of its processes.</summary>
public enum ProcessState
{
    /// <summary>Not started yet, or ended because the planet asked for it.</summary>
    Stopped,

    /// <summary>Runs, and has not been healthy since it was started.</summary>
    Starting,

    Healthy,

    /// <summary>Runs, was healthy, and no longer answers its health check with success.</summary>
    Unhealthy,

    /// <summary>Stopped by SIGSTOP: it holds its ports and answers nothing.</summary>
    Frozen,

    /// <summary>Ended by SIGKILL on request.</summary>
    Killed,

    /// <summary>Ended by itself, or by someone else.</summary>
    Exited,
}
