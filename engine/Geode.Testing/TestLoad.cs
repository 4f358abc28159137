namespace Geode.Testing;

/// <summary>Simulated clients of a test. They need the questions of the template's service: reads, votes, and questions asked.</summary>
public sealed record TestLoad
{
    /// <summary>How many, spread evenly over the places.</summary>
    public int Clients { get; init; } = 44;

    /// <summary>Of all clients together; with a day, its mean.</summary>
    public double RequestsPerSecond { get; init; } = 20;

    /// <summary>Share of requests that write, 0 to 1.</summary>
    public double WriteShare { get; init; } = 0.05;

    /// <summary>Cities; null: all over the globe.</summary>
    public IReadOnlyList<string>? Places { get; init; }

    /// <summary>How long a day of the planet takes, 30 seconds to 24 hours: each city asks by the hour its sun shows. Null: always as much.</summary>
    public TimeSpan? Day { get; init; }

    /// <summary>The planet's time when the load begins, at longitude 0.</summary>
    public TimeOnly DayStart { get; init; } = new(6, 0);
}
