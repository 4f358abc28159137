using Geode.Foresight.Scaling;

namespace Geode.Cli.Simulation.World;

/// <summary>One geode in virtual time: instances that start and serve, and a queue before them.</summary>
internal sealed class GeodeModel(WorldSettings settings, WaitModel waits)
{
    private readonly Queue<TimeSpan> _starting = [];
    private double _queue;

    public int Running { get; private set; }
    public int Starting => _starting.Count;

    /// <summary>Requests that are worked on or wait.</summary>
    public double InFlight { get; private set; }

    /// <summary>Seconds within which 99 of 100 of the newest requests are answered.</summary>
    public double P99 { get; private set; }

    public LatencyHistogram Latencies { get; } = new();
    public double Requests { get; private set; }
    public double Late { get; private set; }
    public double Lost { get; private set; }
    public double InstanceSeconds { get; private set; }
    public double BusySeconds { get; private set; }

    /// <summary>Times that the number of instances was changed.</summary>
    public int Moves { get; private set; }

    /// <summary>Instances that serve from now on, without a start.</summary>
    public void Begin(int instances) => Running = instances;

    /// <summary>Sees to it that there are so many instances: more start, and of fewer those go first that do not serve yet.</summary>
    public void Set(TimeSpan at, int instances)
    {
        if (instances == Running + Starting)
            return;
        Moves++;
        while (Running + Starting < instances)
            _starting.Enqueue(at + settings.ColdStart);
        if (Running + Starting > instances)
        {
            var kept = _starting.Take(Math.Max(0, instances - Running)).ToArray();
            _starting.Clear();
            foreach (var ready in kept)
                _starting.Enqueue(ready);
            Running = Math.Min(Running, instances);
        }
    }

    /// <summary>Everything that is here is gone.</summary>
    public void Fail()
    {
        // What waited was judged when it came.
        Late += InFlight - _queue;
        Lost += InFlight;
        (Running, _queue, InFlight) = (0, 0, 0);
        _starting.Clear();
    }

    /// <summary>A step of time.</summary>
    /// <param name="at">Its begin.</param>
    /// <param name="arrivals">Requests in it.</param>
    public void Advance(TimeSpan at, double arrivals)
    {
        while (_starting.TryPeek(out var ready) && ready <= at)
        {
            _starting.Dequeue();
            Running++;
        }

        var seconds = settings.Tick.TotalSeconds;
        Requests += arrivals;
        InstanceSeconds += (Running + Starting) * seconds;
        var capacity = Running * settings.Instance.PerSecond;
        var before = _queue;
        var served = Math.Min(before + arrivals, capacity * seconds);
        _queue = before + arrivals - served;
        BusySeconds += served * settings.Instance.ServiceSeconds / settings.Instance.Concurrency;
        var most = capacity * settings.Patience.TotalSeconds;
        var lost = Math.Max(0, _queue - most);
        _queue -= lost;
        Lost += lost;
        Judge(arrivals, lost, capacity, before);
        InFlight = _queue + Math.Min(served / seconds * settings.Instance.ServiceSeconds, Running * settings.Instance.Concurrency);
    }

    private void Judge(double arrivals, double lost, double capacity, double before)
    {
        if (capacity <= 0)
        {
            Late += arrivals;
            P99 = settings.Patience.TotalSeconds;
            return;
        }

        // Those that come in this step find the queue as it grows or shrinks: four points of it stand for all.
        var chance = before + _queue > 0 ? (Share: 0, Mean: 0) : waits.ByChance(arrivals / settings.Tick.TotalSeconds, Running);
        var answered = Math.Max(0, arrivals - lost);
        Late += Math.Min(lost, arrivals);
        var target = settings.Target.Milliseconds / 1000;
        if (before + _queue <= 0)
        {
            Late += answered * waits.Longer(target, 0, chance);
            waits.Record(Latencies, answered, 0, chance);
        }
        else
            for (var point = 0; point < 4; point++)
            {
                var queued = (before + (_queue - before) * (point + 0.5) / 4) / capacity;
                Late += answered / 4 * waits.Longer(target, queued, chance);
                waits.Record(Latencies, answered / 4, queued, chance);
            }

        P99 = _queue / capacity + settings.Instance.ServiceSeconds * 3 + (chance.Share > 0.01 ? chance.Mean * Math.Log(chance.Share / 0.01) : 0);
    }
}
