using System.Globalization;

namespace Geode.Cli.Simulation.Reports;

/// <summary>Round numbers for the side of a picture.</summary>
/// <param name="Most">At its end.</param>
/// <param name="Ticks">From 0 on.</param>
internal sealed record Axis(double Most, IReadOnlyList<double> Ticks)
{
    /// <summary>With four or five ticks of 1, 2 or 5 times a power of ten.</summary>
    public static Axis For(double highest)
    {
        if (!(highest > 0))
            return new(1, [0, 1]);
        var power = Math.Pow(10, Math.Floor(Math.Log10(highest / 4)));
        var step = power * ((double[])[1, 2, 5, 10]).First(s => highest / (s * power) <= 5);
        var count = (int)Math.Ceiling(highest / step - 1e-9);
        return new(count * step, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }

    /// <summary>Marks along a time, as shares of it.</summary>
    public static IEnumerable<(double At, string Text)> Times(TimeSpan length)
    {
        double[] hours = [1.0 / 60, 1.0 / 12, 0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 96, 168, 336, 720, 2160, 8760];
        var step = hours.FirstOrDefault(h => length.TotalHours / h <= 12, 87_600);
        for (var at = 0.0; at <= length.TotalHours * (1 + 1e-9); at += step)
            yield return (at / length.TotalHours, step >= 24 ? string.Create(CultureInfo.InvariantCulture, $"day {at / 24:0}")
                : step >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{at:0} h") : string.Create(CultureInfo.InvariantCulture, $"{at * 60:0} min"));
    }
}
