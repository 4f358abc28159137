using Geode.Control.Events;
using Geode.Foresight.Guardrails;

namespace Geode.Control.Steward;

/// <summary>Puts on the timeline who plans for the planet and what is decided.</summary>
internal sealed class StewardWatch(StewardAdmin steward, Timeline timeline, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly DateTimeOffset _since = time.GetUtcNow();
    private PlanStamp _told;
    private long _fence;
    private Task _running = Task.CompletedTask;

    public void Begin() => _running = RunAsync();

    /// <summary>Tells what is new in a report.</summary>
    public void Tell(StewardReport report)
    {
        if (report is { Region: { } region, Fence: { } fence } && fence > _fence)
        {
            _fence = fence;
            timeline.Add("steward", region, null, "planning", $"{region} is the steward (fence {fence})");
        }

        foreach (var entry in (report.Decisions ?? []).Where(entry => entry.At >= _since).OrderBy(entry => entry.Stamp))
        {
            if (entry.Stamp <= _told)
                continue;
            _told = entry.Stamp;
            foreach (var decision in entry.Decisions ?? [])
                timeline.Add("steward", entry.Region, null, entry.Mode, $"{decision.Subject}: {decision.What}{(decision.Why is { Length: > 0 } why ? $" ({why})" : "")}", at: entry.At);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (await steward.LookAsync(_end.Token) is { } report)
                    Tell(report);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The planet stops.
        }
    }
}
