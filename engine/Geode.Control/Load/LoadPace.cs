using System.Globalization;
using Geode.Foresight.Profiles;
using Geode.Topology;

namespace Geode.Control.Load;

/// <summary>How much each city asks at each moment: its share of the clients, by the hour its sun shows, and in a surge more.</summary>
internal sealed class LoadPace(LoadSettings settings, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private readonly Dictionary<Place, double> _usual = settings.Cities.ToDictionary(c => c, c => settings.RequestsPerSecond * settings.ClientsIn(c) / settings.Clients);
    private volatile Surging? _surge = settings.Surge is { } surge ? new(surge, time.GetTimestamp()) : null;

    /// <summary>A surge from now on; it takes the place of the one before.</summary>
    public void Surge(SurgeSettings surge) => _surge = new(surge, time.GetTimestamp());

    /// <summary>Requests per second that the city shall send now; above 0.</summary>
    public double RateOf(Place city) => _usual[city] * FactorOf(city);

    /// <summary>Times its usual rate that the city may ask at most, with the surge that runs.</summary>
    public double MostOf(Place city) => (settings.Day is null ? 1 : DayProfile.Bound) * (SurgeOf(city) is { } surge ? Math.Max(1, surge.Settings.Factor) : 1);

    public LoadView Seen(LoadView view)
    {
        var surge = Current();
        return view with
        {
            Day = Hour() is { } hour ? new(settings.Day!.Length.TotalMinutes, Clock(hour), Math.Round(DayProfile.NoonLongitude(hour), 2)) : null,
            Surge = surge is null ? null : new(surge.Settings.Place, surge.Settings.Factor, Math.Round((surge.Settings.Length - time.GetElapsedTime(surge.Began)).TotalSeconds, 1)),
            Cities = [.. settings.Cities.Select(CityOf)],
        };
    }

    private CityView CityOf(Place city) => new(
        city.Name, city.DisplayName, Hour() is { } hour ? Clock(DayProfile.LocalHour(hour, city.Location.Longitude)) : null,
        Math.Round(FactorOf(city), 3), Math.Round(RateOf(city), 2));

    private double FactorOf(Place city) =>
        (Hour() is { } hour ? DayProfile.Factor(DayProfile.LocalHour(hour, city.Location.Longitude)) : 1)
        * (SurgeOf(city) is { } surge ? surge.Settings.FactorAt(time.GetElapsedTime(surge.Began)) : 1);

    private double? Hour() => settings.Day?.HourAt(time.GetElapsedTime(_began));

    private Surging? SurgeOf(Place city) => Current() is { } surge && surge.Settings.Place == city.Name ? surge : null;

    private Surging? Current() => _surge is { } surge && time.GetElapsedTime(surge.Began) < surge.Settings.Length ? surge : null;

    private static string Clock(double hour) => TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(Math.Floor(hour * 60) % 1440)).ToString("HH:mm", CultureInfo.InvariantCulture);

    private sealed record Surging(SurgeSettings Settings, long Began);
}
