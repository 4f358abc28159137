namespace Geode.Service.Planets;

/// <summary>Counts and times this process's requests over the last few seconds.</summary>
internal sealed class TrafficMeter(TimeProvider clock)
{
    private const int WindowSeconds = 10;
    private const int MaxSamplesPerSecond = 500;

    private readonly Lock _lock = new();
    private readonly Slot[] _slots = [.. Enumerable.Range(0, WindowSeconds).Select(_ => new Slot())];
    private int _inFlight;

    public void Started() => Interlocked.Increment(ref _inFlight);

    public void Ended(TimeSpan took, bool failed)
    {
        Interlocked.Decrement(ref _inFlight);
        lock (_lock)
        {
            var slot = SlotAt(clock.GetUtcNow().ToUnixTimeSeconds());
            slot.Count++;
            slot.Failed += failed ? 1 : 0;
            if (slot.Milliseconds.Count < MaxSamplesPerSecond)
                slot.Milliseconds.Add(took.TotalMilliseconds);
        }
    }

    public TrafficView View()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow().ToUnixTimeSeconds();
            var recent = _slots.Where(slot => slot.Second > now - WindowSeconds).ToList();
            var times = recent.SelectMany(slot => slot.Milliseconds).Order().ToList();
            var count = recent.Sum(slot => slot.Count);
            return new(
                (double)count / WindowSeconds, Percentile(times, 0.50), Percentile(times, 0.99),
                count == 0 ? 0 : (double)recent.Sum(slot => slot.Failed) / count, Volatile.Read(ref _inFlight));
        }
    }

    private static double Percentile(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    private Slot SlotAt(long second)
    {
        var slot = _slots[second % WindowSeconds];
        if (slot.Second != second)
        {
            (slot.Second, slot.Count, slot.Failed) = (second, 0, 0);
            slot.Milliseconds.Clear();
        }

        return slot;
    }

    private sealed class Slot
    {
        public long Second { get; set; }

        public int Count { get; set; }

        public int Failed { get; set; }

        public List<double> Milliseconds { get; } = [];
    }
}
