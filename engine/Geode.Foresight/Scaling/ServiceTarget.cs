namespace Geode.Foresight.Scaling;

/// <summary>What capacity is planned for.</summary>
/// <param name="Milliseconds">In which a request shall be answered, without the way to the client.</param>
/// <param name="Share">Of requests for which that shall hold, below 1: 0.99 makes it a p99.</param>
/// <param name="Utilisation">Of an instance at most, above 0 and at most 1: what arrives is never as even as the formula has it.</param>
public sealed record ServiceTarget(double Milliseconds = 500, double Share = 0.99, double Utilisation = 0.8)
{
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Milliseconds, 0);
        ArgumentOutOfRangeException.ThrowIfNegative(Share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Share, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Utilisation, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Utilisation, 1);
    }
}
