namespace Geode.Foresight.Anomalies;

/// <param name="Step">Between two reports of a region.</param>
/// <param name="Day">How long a day of the load is: 24 hours, or less where a day is compressed.</param>
public sealed record HealthSettings(TimeSpan Step, TimeSpan Day);
