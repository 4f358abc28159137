namespace Geode.Control.Load;

/// <summary>What the simulated clients do and see.</summary>
/// <param name="Requests">Since it was started; <paramref name="Failures"/> of them got no answer, or one with status 500 or above.</param>
/// <param name="Flows">Who was served by whom over the last seconds.</param>
/// <param name="Day">Null where every hour is like the others.</param>
/// <param name="Surge">Null where no city asks more than usual.</param>
/// <param name="Cities">What each city shall ask at this moment.</param>
public sealed record LoadView(
    DateTimeOffset Since, int Clients, double RequestsPerSecond, long Requests, long Failures, double P50Ms, double P99Ms, IReadOnlyList<Flow> Flows,
    DayView? Day = null, SurgeView? Surge = null, IReadOnlyList<CityView>? Cities = null);

/// <summary>The time that the simulated clients live by.</summary>
/// <param name="Minutes">Of real time that a day takes.</param>
/// <param name="Time">At longitude 0: <c>18:05</c>.</param>
/// <param name="NoonLongitude">Where the sun stands highest, in degrees.</param>
public sealed record DayView(double Minutes, string Time, double NoonLongitude);

/// <summary>A city that asks more than usual.</summary>
/// <param name="Factor">Times its usual rate, once it has risen.</param>
/// <param name="SecondsLeft">Until it is as usual again.</param>
public sealed record SurgeView(string Place, double Factor, double SecondsLeft);

/// <summary>What the clients of a city shall ask at this moment, whether or not the planet keeps up.</summary>
/// <param name="LocalTime">By its longitude: <c>19:05</c>; null where every hour is like the others.</param>
/// <param name="Factor">Times its usual rate: by the hour and by a surge.</param>
public sealed record CityView(string Place, string DisplayName, string? LocalTime, double Factor, double RequestsPerSecond);

/// <summary>Requests of the clients of one place that one geode answered.</summary>
/// <param name="Region">The geode's.</param>
/// <param name="P50Ms">As the clients see it, distance included.</param>
public sealed record Flow(
    string Place, string DisplayName, double Latitude, double Longitude, string Region, double RequestsPerSecond, double P50Ms);
