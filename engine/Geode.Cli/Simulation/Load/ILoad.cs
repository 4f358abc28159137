namespace Geode.Cli.Simulation.Load;

/// <summary>How many requests come from where, and when.</summary>
internal interface ILoad
{
    /// <summary>How long it is known.</summary>
    TimeSpan Length { get; }

    /// <summary>Fills in the requests per second from each place.</summary>
    /// <param name="at">Since its begin.</param>
    /// <param name="rates">By place.</param>
    void Rates(TimeSpan at, double[] rates);

    /// <summary>Number of its first minute: those of one trace and of the one before it are counted alike.</summary>
    long FirstMinute { get; }

    /// <summary>How many minutes of a day of 1440 it has.</summary>
    long Minutes { get; }
}
