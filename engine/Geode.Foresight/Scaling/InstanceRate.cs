namespace Geode.Foresight.Scaling;

/// <summary>What one instance can do.</summary>
/// <param name="ServiceSeconds">Mean time that it works on a request, above 0.</param>
/// <param name="Concurrency">Requests that it works on at once before others wait, at least 1.</param>
public readonly record struct InstanceRate(double ServiceSeconds, int Concurrency)
{
    /// <summary>Requests per second that it serves when it is never idle.</summary>
    public double PerSecond => Concurrency / ServiceSeconds;
}
