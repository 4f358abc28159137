namespace Geode.Foresight.Steering;

/// <summary>The transportation problem: what is offered at sources goes to sinks of limited room, at the least total cost. Exact.</summary>
/// <remarks>Successive shortest paths with node potentials (Ahuja, Magnanti and Orlin, <i>Network Flows</i>, 1993, ch. 9.7): every amount
/// takes the cheapest way that is left, also by moving what was placed before. It ends because each step fills a sink, serves a source
/// or empties a pair. O((sources + sinks)²) for a step, and for most loads there is about one step for each source.</remarks>
internal sealed class TransportProblem
{
    private const double Nothing = 1e-9;
    private readonly double[,] _cost;
    private readonly double[] _room;
    private readonly double[,] _flow;
    private readonly double[] _sourcePotential;
    private readonly double[] _sinkPotential;
    private readonly int _sources;
    private readonly int _sinks;

    private TransportProblem(double[,] cost, double[] room)
    {
        (_cost, _room) = (cost, [.. room]);
        (_sources, _sinks) = (cost.GetLength(0), cost.GetLength(1));
        _flow = new double[_sources, _sinks];
        _sourcePotential = new double[_sources];
        _sinkPotential = new double[_sinks];
    }

    /// <param name="offered">By source, not negative.</param>
    /// <param name="room">By sink, not negative.</param>
    /// <param name="cost">By source and sink, for one unit: not negative, or infinite where it may not go.</param>
    /// <returns>By source and sink. As much as finds room is placed; what finds none is in no sink, and is what would have cost most.</returns>
    public static double[,] Solve(double[] offered, double[] room, double[,] cost)
    {
        var problem = new TransportProblem(WithOverflow(cost), [.. room, double.PositiveInfinity]);
        var least = Math.Max(offered.Sum(), 1) * Nothing;
        for (var source = 0; source < offered.Length; source++)
            for (var left = offered[source]; left > least;)
            {
                var moved = problem.Move(source, left, least);
                if (moved == 0)
                    break;
                left -= moved;
            }

        var flow = new double[offered.Length, room.Length];
        for (var source = 0; source < offered.Length; source++)
            for (var sink = 0; sink < room.Length; sink++)
                flow[source, sink] = problem._flow[source, sink];
        return flow;
    }

    /// <summary>One more sink that takes anything, dearer than any way through all others.</summary>
    private static double[,] WithOverflow(double[,] cost)
    {
        var (sources, sinks) = (cost.GetLength(0), cost.GetLength(1));
        var dearest = cost.Cast<double>().Where(double.IsFinite).DefaultIfEmpty().Max();
        var all = new double[sources, sinks + 1];
        for (var source = 0; source < sources; source++)
        {
            for (var sink = 0; sink < sinks; sink++)
                all[source, sink] = cost[source, sink];
            all[source, sinks] = (dearest + 1) * (Math.Min(sources, sinks) + 1);
        }

        return all;
    }

    /// <summary>Sends as much as one path takes.</summary>
    private double Move(int source, double left, double least)
    {
        var (sink, sourceFrom, sinkFrom) = Cheapest(source, least);
        if (sink < 0)
            return 0;

        // The path alternates: a source sends to a sink, from which another source's amount is taken back, to be sent elsewhere.
        var amount = Math.Min(left, _room[sink]);
        for (var at = sink; sinkFrom[at] != source; at = sourceFrom[sinkFrom[at]])
            amount = Math.Min(amount, _flow[sinkFrom[at], sourceFrom[sinkFrom[at]]]);
        _room[sink] -= amount;
        for (var at = sink; ; at = sourceFrom[sinkFrom[at]])
        {
            var by = sinkFrom[at];
            _flow[by, at] += amount;
            if (by == source)
                return amount;
            _flow[by, sourceFrom[by]] = Math.Max(0, _flow[by, sourceFrom[by]] - amount);
        }
    }

    /// <summary>Dijkstra's algorithm over what is left, in reduced costs, up to the nearest sink with room.</summary>
    private (int Sink, int[] SourceFrom, int[] SinkFrom) Cheapest(int start, double least)
    {
        var (toSource, toSink) = (Filled(_sources), Filled(_sinks));
        var (sourceDone, sinkDone) = (new bool[_sources], new bool[_sinks]);
        var (sourceFrom, sinkFrom) = (new int[_sources], new int[_sinks]);
        toSource[start] = 0;
        while (true)
        {
            var (source, sink) = (Nearest(toSource, sourceDone), Nearest(toSink, sinkDone));
            if (source < 0 && sink < 0)
                return (-1, sourceFrom, sinkFrom);
            if (sink < 0 || (source >= 0 && toSource[source] <= toSink[sink]))
            {
                sourceDone[source] = true;
                for (var to = 0; to < _sinks; to++)
                {
                    var by = toSource[source] + Math.Max(0, _cost[source, to] + _sourcePotential[source] - _sinkPotential[to]);
                    if (!sinkDone[to] && by < toSink[to])
                        (toSink[to], sinkFrom[to]) = (by, source);
                }

                continue;
            }

            sinkDone[sink] = true;
            if (_room[sink] > least)
            {
                Reprice(toSource, toSink, toSink[sink]);
                return (sink, sourceFrom, sinkFrom);
            }

            for (var back = 0; back < _sources; back++)
            {
                if (sourceDone[back] || _flow[back, sink] <= least)
                    continue;
                var by = toSink[sink] + Math.Max(0, _sinkPotential[sink] - _cost[back, sink] - _sourcePotential[back]);
                if (by < toSource[back])
                    (toSource[back], sourceFrom[back]) = (by, sink);
            }
        }
    }

    private void Reprice(double[] toSource, double[] toSink, double reached)
    {
        for (var source = 0; source < _sources; source++)
            _sourcePotential[source] += Math.Min(toSource[source], reached);
        for (var sink = 0; sink < _sinks; sink++)
            _sinkPotential[sink] += Math.Min(toSink[sink], reached);
    }

    private static double[] Filled(int length)
    {
        var all = new double[length];
        Array.Fill(all, double.PositiveInfinity);
        return all;
    }

    private static int Nearest(double[] distance, bool[] done)
    {
        var nearest = -1;
        for (var i = 0; i < distance.Length; i++)
            if (!done[i] && distance[i] < (nearest < 0 ? double.PositiveInfinity : distance[nearest]))
                nearest = i;
        return nearest;
    }
}
