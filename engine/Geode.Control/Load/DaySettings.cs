using System.Globalization;

namespace Geode.Control.Load;

/// <summary>Whether simulated clients follow the sun; null takes the default.</summary>
/// <param name="Minutes">Of real time for a whole day of the planet.</param>
/// <param name="Start">Hour and minute at longitude 0 when the load begins.</param>
internal sealed record DayRequest(double? Minutes, string? Start)
{
    private const double Least = 0.5;
    private const double Most = 1440;
    private const string Format = "HH:mm";

    /// <exception cref="ControlException">400, naming the field and what is allowed.</exception>
    public DaySettings Complete()
    {
        if (Minutes is not (null or (>= Least and <= Most)))
            throw ControlException.Invalid("day.minutes", $"must be between {Least.ToString(CultureInfo.InvariantCulture)} and {Most}.");
        var start = new TimeOnly(6, 0);
        if (Start is not null && !TimeOnly.TryParseExact(Start, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out start))
            throw ControlException.Invalid("day.start", "must be a time from 00:00 to 23:59, as in 06:00.");
        return new(TimeSpan.FromMinutes(Minutes ?? 5), start);
    }
}

/// <param name="Length">Of a day of the planet, in real time.</param>
/// <param name="Start">The planet's time when the load begins, at longitude 0.</param>
internal sealed record DaySettings(TimeSpan Length, TimeOnly Start)
{
    /// <summary>The planet's time, at longitude 0, so long after the load began.</summary>
    /// <returns>0 to below 24.</returns>
    public double HourAt(TimeSpan elapsed) => (Start.ToTimeSpan().TotalHours + elapsed / Length * 24) % 24;
}
