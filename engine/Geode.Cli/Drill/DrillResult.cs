namespace Geode.Cli.Drill;

/// <summary>What came of a drill.</summary>
/// <param name="Recovered">Whether the geode was well again within three minutes.</param>
/// <param name="Failures">Why requests failed, and how many for that reason, most first.</param>
internal sealed record DrillResult(
    string Region, string Fault, int Requests, int Failed, int Allowed, bool Recovered, IReadOnlyList<DrillPhase> Phases, IReadOnlyList<DrillFailure> Failures)
{
    public bool Passed => Recovered && Failed <= Allowed;

    public static DrillResult Of(DrillSettings settings, IReadOnlyList<Reading> readings, bool recovered) => new(
        settings.Region, settings.Fault, readings.Count, readings.Count(r => r.Failure is not null), settings.Allowed, recovered,
        [.. DrillPhases.All.Select(phase => DrillPhase.Of(phase, [.. readings.Where(r => r.Phase == phase)]))],
        [.. readings.Where(r => r.Failure is not null).GroupBy(r => r.Failure!).Select(g => new DrillFailure(g.Key, g.Count())).OrderByDescending(f => f.Requests).ThenBy(f => f.Reason, StringComparer.Ordinal)]);
}

/// <param name="P50Ms">Of all answers, failed ones too; 0: none was asked for.</param>
/// <param name="Served">Answers by region.</param>
internal sealed record DrillPhase(string Name, int Requests, int Failed, double P50Ms, double P99Ms, double SlowestMs, IReadOnlyDictionary<string, int> Served)
{
    public static DrillPhase Of(string name, IReadOnlyList<Reading> readings)
    {
        double[] times = [.. readings.Select(r => r.Ms).Order()];
        return new(
            name, readings.Count, readings.Count(r => r.Failure is not null), Quantile(0.5), Quantile(0.99), Quantile(1),
            readings.Where(r => r.ServedBy is not null).GroupBy(r => r.ServedBy!).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()));

        // The smallest time that so large a share did not exceed.
        double Quantile(double share) => times.Length == 0 ? 0 : times[Math.Max(0, (int)Math.Ceiling(share * times.Length) - 1)];
    }
}

internal sealed record DrillFailure(string Reason, int Requests);
