namespace Geode.Foresight.Profiles;

/// <summary>How the load of a place follows its day: a factor with mean 1 over a day, by the hour that its sun shows.</summary>
/// <remarks>
/// A day and half a day of Fourier terms (Hyndman and Athanasopoulos, <em>Forecasting: Principles and Practice</em>, 3rd ed., 7.4):
/// <c>1 + 0.55 cos(2π(h − 18)/24) + 0.20 cos(4π(h − 21.5)/24)</c>. Least at about 04:40 (0.32), a slow morning (0.87 at 09:30), most at
/// about 20:15 (1.62). This order of the day — few at night, more by day, most in the evening — is what is measured: Labovitz, "The
/// Internet After Dark" (Arbor Networks 2009); Piccardi, Gerlach and West, "Curious Rhythms: Temporal Regularities of Wikipedia
/// Consumption" (ICWSM 2024), for hours of local time. The two amplitudes are this class's choice, five visitors at the busiest hour for one
/// at the quietest, not a fit to one of these.
/// </remarks>
public static class DayProfile
{
    private const double Hours = 24;
    private const double DayShare = 0.55;
    private const double DayPeak = 18;
    private const double HalfDayShare = 0.20;
    private const double HalfDayPeak = 21.5;

    /// <summary>No hour has a higher factor; memory and clients for it are enough for all.</summary>
    public const double Bound = 1 + DayShare + HalfDayShare;

    /// <summary>Share of the mean rate at that hour: 0.32 to 1.62, mean 1 over the day.</summary>
    /// <param name="localHour">Of a day of 24 hours; any number, 25 is 1 o'clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number.</exception>
    public static double Factor(double localHour)
    {
        if (!double.IsFinite(localHour))
            throw new ArgumentOutOfRangeException(nameof(localHour), localHour, "An hour is a finite number.");
        return 1 + DayShare * Math.Cos(2 * Math.PI * (localHour - DayPeak) / Hours) + HalfDayShare * Math.Cos(4 * Math.PI * (localHour - HalfDayPeak) / Hours);
    }

    /// <summary>Mean solar time: 15 degrees are an hour, whatever the clocks of the country say.</summary>
    /// <param name="utcHour">Of the planet.</param>
    /// <param name="longitude">Degrees, east positive.</param>
    /// <returns>0 to below 24.</returns>
    public static double LocalHour(double utcHour, double longitude)
    {
        var hour = (utcHour + longitude / 15) % Hours;
        // A tiny negative one plus 24 is 24.
        return hour < 0 ? (hour + Hours) % Hours : hour;
    }

    /// <summary>Where the sun stands highest at that hour.</summary>
    /// <returns>Degrees of longitude, above −180 to 180.</returns>
    public static double NoonLongitude(double utcHour)
    {
        var degrees = 15 * (Hours / 2 - LocalHour(utcHour, 0));
        return degrees == -180 ? 180 : degrees;
    }
}
