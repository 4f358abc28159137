using System.Text.Json.Serialization;
using Geode.Foresight.Planning;

namespace Geode.Service.Planets;

/// <summary>The planet as one geode sees it.</summary>
/// <param name="AnsweredBy">The region of the geode that served this.</param>
/// <param name="Build">Of that geode.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Control">Of the planet's control API; absent where there is none, as in Azure.</param>
public sealed record PlanetView(string Name, string AnsweredBy, string Build, DateTimeOffset At, IReadOnlyList<RegionView> Regions, Uri? Control = null);

/// <param name="OneWayDelayMs">From the answering geode, by distance.</param>
/// <param name="ReplicationLagMs">How long the region's last sign of life took to replicate to the answering geode; null before
/// the first, and for the answering region itself.</param>
/// <param name="SilentForMs">Since that sign arrived; null before the first.</param>
/// <param name="Traffic">Of the region's Api, over the last seconds.</param>
/// <param name="Processors">Of the region's Workers together.</param>
/// <param name="Publications">The version of each that the region's Api uses: <c>1003.7</c>, or <c>none</c>; absent where it uses none.</param>
public sealed record RegionView(
    string Name, string DisplayName, double Latitude, double Longitude, double OneWayDelayMs, double? ReplicationLagMs, double? SilentForMs,
    TrafficView? Traffic, IReadOnlyList<ProcessorView> Processors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Publications = null);

/// <param name="ErrorRate">Share of answers with status 500 or above, 0 to 1.</param>
public sealed record TrafficView(double RequestsPerSecond, double P50Ms, double P99Ms, double ErrorRate, int InFlight);

/// <summary>What a region lets plans do to it.</summary>
/// <param name="Floor">Fewest instances.</param>
/// <param name="Ceiling">Most instances.</param>
/// <param name="Accepts">Of <c>scale</c>, <c>steer</c>, <c>drain</c>.</param>
public sealed record LimitsView(int Floor, int Ceiling, IReadOnlyList<string>? Accepts)
{
    internal static LimitsView Of(RegionLimits limits) => new(limits.Floor, limits.Ceiling, PlanActionNames.Of(limits.Accepts));

    internal RegionLimits ToLimits() => new(Floor, Ceiling, PlanActionNames.Parse(Accepts ?? []));
}

/// <param name="Scope"><c>local</c> or <c>global</c>.</param>
/// <param name="Owner">Whether a Worker of this region does the work now.</param>
/// <param name="LagMs">Of the last change, from its write to the end of its processing.</param>
/// <param name="Pending">Changes not yet processed; null while unknown.</param>
public sealed record ProcessorView(
    string Name, string Scope, bool Owner, long Handled, long Redelivered, long PutAside, double LagMs, long? Pending);
