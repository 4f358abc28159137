using Geode.Topology;

namespace Geode.Cli.Simulation.World;

/// <summary>Which geode takes the requests of each place: the nearest that is up, or by the shares of a plan.</summary>
internal sealed class Routes
{
    private readonly int[][] _byDelay;
    private readonly double[][] _delays;
    private readonly IReadOnlyDictionary<string, double>?[] _shares;
    private readonly Dictionary<string, int> _index;

    public Routes(WorldSettings settings)
    {
        var regions = settings.Planet.Regions;
        _delays = [.. settings.Places.Select(p => regions.Select(r => Distance.OneWayDelay(p.Location, r.Location).TotalMilliseconds).ToArray())];
        _byDelay = [.. _delays.Select(delays => Enumerable.Range(0, delays.Length).OrderBy(r => delays[r]).ThenBy(r => r).ToArray())];
        _index = regions.Select((r, i) => (r.Name, i)).ToDictionary(r => r.Name, r => r.i);
        _shares = new IReadOnlyDictionary<string, double>?[settings.Places.Count];
        Delays = [.. _delays.Select(delays => regions.Select((r, i) => (r.Name, delays[i])).ToDictionary(d => d.Name, d => d.Item2))];
    }

    /// <summary>One way, by place and region's name.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Delays { get; }

    /// <summary>Sum of requests times their way there and back, in milliseconds.</summary>
    public double WayMilliseconds { get; private set; }

    /// <summary>The plan's shares of a place; null: the nearest.</summary>
    public IReadOnlyDictionary<string, double>? this[int place]
    {
        get => _shares[place];
        set => _shares[place] = value;
    }

    /// <summary>Adds the arrivals of places to those of regions.</summary>
    /// <param name="places">Requests of each place in a step.</param>
    /// <param name="regions">Cleared, and filled.</param>
    /// <param name="up">Whether the region can be reached.</param>
    public void Spread(double[] places, double[] regions, Predicate<int> up)
    {
        Array.Clear(regions);
        for (var place = 0; place < places.Length; place++)
        {
            if (places[place] == 0)
                continue;
            var left = 1.0;
            if (_shares[place] is { } shares)
                foreach (var (name, share) in shares)
                    if (up(_index[name]))
                    {
                        Send(place, _index[name], places[place] * share, regions);
                        left -= share;
                    }

            if (left > 1e-9)
                Send(place, Array.Find(_byDelay[place], up), places[place] * left, regions);
        }
    }

    private void Send(int place, int region, double requests, double[] regions)
    {
        regions[region] += requests;
        WayMilliseconds += 2 * _delays[place][region] * requests;
    }
}
