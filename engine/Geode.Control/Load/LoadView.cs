namespace Geode.Control.Load;

/// <summary>What the simulated clients do and see.</summary>
/// <param name="Requests">Since it was started; <paramref name="Failures"/> of them got no answer, or one with status 500 or above.</param>
/// <param name="Flows">Who was served by whom over the last seconds.</param>
public sealed record LoadView(
    DateTimeOffset Since, int Clients, double RequestsPerSecond, long Requests, long Failures, double P50Ms, double P99Ms, IReadOnlyList<Flow> Flows);

/// <summary>Requests of the clients of one place that one geode answered.</summary>
/// <param name="Region">The geode's.</param>
/// <param name="P50Ms">As the clients see it, distance included.</param>
public sealed record Flow(
    string Place, string DisplayName, double Latitude, double Longitude, string Region, double RequestsPerSecond, double P50Ms);
