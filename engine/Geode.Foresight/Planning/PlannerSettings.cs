namespace Geode.Foresight.Planning;

/// <param name="Step">Between two observations; also the step of the forecast series.</param>
/// <param name="Day">How long a day of the load is: 24 hours, or less where a day is compressed.</param>
/// <param name="ColdStart">From the decision for an instance until it serves.</param>
public sealed record PlannerSettings(TimeSpan Step, TimeSpan Day, TimeSpan ColdStart);
