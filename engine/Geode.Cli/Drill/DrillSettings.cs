namespace Geode.Cli.Drill;

/// <summary>What is done to a planet that runs, and what it must stand.</summary>
/// <param name="Control">Address of its control API.</param>
/// <param name="Region">Whose geode is lost.</param>
/// <param name="Fault">How: <c>kill</c> or <c>freeze</c>.</param>
/// <param name="Path">What clients read; an answer of 500 and above, or none, is a failure.</param>
/// <param name="From">Where clients are; empty: where the planet's regions are.</param>
/// <param name="Rate">Requests per second of each place.</param>
/// <param name="Length">How long the geode is away. A third of it the load runs before, and after it is back.</param>
/// <param name="Allowed">Failed requests that are forgiven.</param>
internal sealed record DrillSettings(Uri Control, string Region, string Fault, string Path, IReadOnlyList<string> From, int Rate, TimeSpan Length, int Allowed)
{
    public static IReadOnlyList<string> Faults { get; } = ["kill", "freeze"];
}
