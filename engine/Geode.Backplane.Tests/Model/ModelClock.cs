namespace Geode.Backplane.Tests.Model;

/// <summary>A region's wall clock: the simulation's time, wrong by some seconds.</summary>
public sealed class ModelClock(TimeSpan skew) : TimeProvider
{
    private DateTimeOffset _now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + skew;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
