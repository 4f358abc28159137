namespace Geode.Foresight.Scaling;

/// <summary>The queue of many alike servers (M/M/c): requests arrive by chance, wait in one line and are served for exponential times.</summary>
/// <remarks>A. K. Erlang, <i>Solution of some Problems in the Theory of Probabilities of Significance in Automatic Telephone Exchanges</i>
/// (1917); in any textbook, for one M. Harchol-Balter, <i>Performance Modeling and Design of Computer Systems</i> (2013), ch. 14.</remarks>
public static class ErlangC
{
    private const int ExactServers = 1000;

    /// <summary>Share of requests that find all servers busy.</summary>
    /// <param name="servers">At least 1.</param>
    /// <param name="load">Offered load in erlangs: arrivals per second × mean service time in seconds; not negative.</param>
    /// <returns>0 to 1; 1 where the load is not below the servers.</returns>
    /// <remarks>By the recursion of Erlang B, <c>B(0) = 1, B(c) = a·B(c−1) / (c + a·B(c−1))</c>, which does not overflow, and
    /// <c>C = B / (1 − ρ·(1 − B))</c>. Beyond 1,000 servers by the limit for many servers, <c>1 / (1 + β·Φ(β)/φ(β))</c> with
    /// <c>β = (c − a)/√a</c> (S. Halfin and W. Whitt, <i>Heavy-Traffic Limits for Queues with Many Exponential Servers</i>, 1981): no loop,
    /// and off by at most 2 % and one request in a thousand.</remarks>
    public static double WaitProbability(int servers, double load)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(load);
        if (load == 0)
            return 0;
        if (!(load < servers))
            return 1;
        if (servers > ExactServers)
            return ManyServers((servers - load) / Math.Sqrt(load));
        var blocked = 1.0;
        for (var c = 1; c <= servers; c++)
            blocked = load * blocked / (c + load * blocked);
        return blocked / (1 - load / servers * (1 - blocked));
    }

    /// <summary>Share of requests that wait longer than a time before they are served: <c>C · e^(−(c − a)·t/s)</c>.</summary>
    /// <param name="servers">At least 1.</param>
    /// <param name="load">In erlangs.</param>
    /// <param name="waitInServices">The time, as a multiple of the mean service time; not negative.</param>
    public static double WaitsLonger(int servers, double load, double waitInServices) =>
        load >= servers ? 1 : WaitProbability(servers, load) * Math.Exp(-(servers - load) * waitInServices);

    private static double ManyServers(double beta) => 1 / (1 + beta * NormalDistribution.Below(beta) / NormalDistribution.Density(beta));
}
