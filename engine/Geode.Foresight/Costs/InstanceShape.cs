namespace Geode.Foresight.Costs;

/// <summary>What an instance takes.</summary>
/// <param name="Vcpus">Virtual processors.</param>
/// <param name="Gib">Memory, GiB.</param>
public sealed record InstanceShape(double Vcpus = 0.5, double Gib = 1)
{
    // Coefficients of Cloud Carbon Footprint for Azure, as of 2026 (https://www.cloudcarbonfootprint.org/docs/methodology): watts of a virtual
    // processor at rest and at full load, kWh of a gigabyte of memory in an hour, and how much more a data centre takes than its servers.
    private const double IdleWatts = 0.74;
    private const double FullWatts = 3.54;
    private const double MemoryKwh = 0.000392;
    private const double PowerUsageEffectiveness = 1.185;

    /// <summary>Kilowatt-hours that an instance takes in an hour.</summary>
    /// <param name="utilisation">Of its processors, 0 to 1.</param>
    public double KilowattHours(double utilisation) =>
        (Vcpus * (IdleWatts + Math.Clamp(utilisation, 0, 1) * (FullWatts - IdleWatts)) / 1000 + Gib * MemoryKwh) * PowerUsageEffectiveness;
}
