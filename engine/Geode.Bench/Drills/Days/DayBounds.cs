using System.Globalization;

namespace Geode.Bench.Drills.Days;

/// <summary>How far the real day and the simulated one may be apart.</summary>
internal static class DayBounds
{
    /// <summary>Of a region's requests, as a share of the simulated ones.</summary>
    public const double Requests = 0.05;

    /// <summary>Of a region's instance-minutes, as a share of the simulated ones.</summary>
    public const double InstanceMinutes = 0.15;

    /// <summary>Of a region's instances at any time: the mean of how far they are apart.</summary>
    public const double Instances = 0.4;

    /// <summary>Of the share of requests over target.</summary>
    public const double LateShare = 0.02;

    /// <summary>So many parts of a day are shown, two hours each.</summary>
    public const int Parts = 12;

    // Fine enough for a day of minutes, and coarser than the clocks of the two.
    private const int Looks = 720;

    /// <summary>A sentence for each bound that is not kept; empty: they agree.</summary>
    public static IReadOnlyList<string> Faults(DayOutcome real, DayOutcome simulated, TimeSpan length)
    {
        var faults = new List<string>();
        for (var i = 0; i < real.Regions.Count; i++)
        {
            var (seen, expected) = (real.Regions[i], simulated.Regions[i]);
            Share(seen.Region, "requests", seen.Requests, expected.Requests, Requests);
            Share(seen.Region, "instance-minutes", seen.InstanceMinutes, expected.InstanceMinutes, InstanceMinutes);
            var apart = Apart(real.Instances, simulated.Instances, i, length);
            if (apart > Instances)
                faults.Add(Say($"{seen.Region}: the instances are {apart:0.00} apart on average over the day, allowed are {Instances:0.00}."));
        }

        if (Math.Abs(real.LateShare - simulated.LateShare) > LateShare)
            faults.Add(Say($"{real.LateShare * 100:0.0} % of the requests were over target, {simulated.LateShare * 100:0.0} % in simulation: allowed are {LateShare * 100:0.#} points."));
        return faults;

        void Share(string region, string what, double seen, double expected, double bound)
        {
            var off = expected > 0 ? (seen - expected) / expected : seen > 0 ? double.PositiveInfinity : 0;
            if (!(Math.Abs(off) <= bound))
                faults.Add(Say($"{region}: {seen:0.#} {what}, {expected:0.#} in simulation: {off * 100:+0.0;-0.0} %, allowed are ±{bound * 100:0.#} %."));
        }
    }

    /// <summary>How many instances the two are apart, on average over the day.</summary>
    public static double Apart(InstanceCurve real, InstanceCurve simulated, int region, TimeSpan length)
    {
        var look = length / Looks;
        return Enumerable.Range(0, Looks).Average(i => Math.Abs(real.Mean(region, look * i, look * (i + 1)) - simulated.Mean(region, look * i, look * (i + 1))));
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
