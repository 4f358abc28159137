using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Topology;

namespace Geode.Service.Steward;

/// <summary>Applies the plan in its own region, on its own copy, within guardrails that trust nothing in the plan. Each region has one: none
/// needs the steward, or another region, to keep within its limits.</summary>
internal sealed partial class PlanApplier(
    PlanBoard board, PlanetReports reports, StewardPlace place, IPlanActions actions, Region here, FirstReady ready, TimeProvider clock,
    ILogger<PlanApplier> logger) : BackgroundService
{
    /// <summary>What was applied ends by itself after so long.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly GuardLimits Limits = new();

    private const int MostReasons = 50;

    private readonly LastReason _reason = new();
    private PlanStamp? _newest;
    private long? _undone;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                _reason.Forget();
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                stoppingToken.ThrowIfCancellationRequested();
                if (_reason.News(e) is { } reason)
                    Waiting(logger, reason);
            }
        }
    }

    /// <summary>Does what there is to do now.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        var view = await board.ReadAsync(cancellation);
        var own = view.Applied.FirstOrDefault(applied => applied.Region == here.Name);
        await UndoAsync(view.Orders, own, cancellation);
        if (view.Plan?.Plan is not { } plan)
            return;
        var (mode, orders) = (Orders.ModeOf(view.Orders, place), view.Orders?.Revision ?? 0);
        // Once for each plan, unless it could not be done or people have said something since.
        if (own is { Failed: null } && own.Stamp == PlanStamp.Of(plan) && own.Orders == orders && own.Mode == ModeNames.Name(mode))
            return;

        var now = clock.GetUtcNow();
        var state = GuardStates.Of(await reports.RegionsAsync(cancellation), view, mode, _newest, place, here, now);
        // With advise it is shown what would have been allowed.
        var verdict = mode is StewardMode.Observe
            ? GuardVerdict.None(PlanStamp.Of(plan), "The mode is observe: plans are only shown.")
            : PlanGuard.Check(plan, state with { Mode = StewardMode.Act }, Limits, now);
        var applies = mode is StewardMode.Act && verdict.Allowed;
        var part = Part(verdict, now);
        var (done, failed) = applies ? await ApplyAsync(verdict, part, own?.Done, cancellation) : (own?.Done, null);
        if (applies && failed is null)
            _newest = verdict.Stamp;
        await board.WriteAsync(
            new AppliedDocument(
                "applied", here.Name, AppliedDocument.AppliedKind, verdict.Stamp.Fence, verdict.Stamp.Number, now, ModeNames.Name(mode), verdict.Allowed,
                state.Regions.FirstOrDefault(region => region.Region == here.Name)?.Running ?? 0, done, mode is StewardMode.Advise && verdict.Allowed ? part : null,
                [.. verdict.Refused.Concat(view.Torn).Take(MostReasons)], failed, orders, AppliedDocument.TimeToLiveSeconds),
            cancellation);
    }

    // Also for who learns of it late: what others undid may have been applied here since.
    private async Task UndoAsync(OrdersDocument? orders, AppliedDocument? own, CancellationToken cancellation)
    {
        var undone = orders?.Undone ?? 0;
        // What an earlier process of this region has seen to need not be done again.
        _undone ??= own?.Orders ?? 0;
        if (undone <= _undone)
            return;
        try
        {
            await actions.UndoAsync(cancellation);
            _undone = undone;
            Undone(logger, undone);
        }
        catch (PlanActionException e)
        {
            if (_reason.News(e) is { } reason)
                Waiting(logger, reason);
        }
    }

    // What of it is done now, and why the rest is not. A half that fails stays as it was before, until that lapses, and is what the next
    // step starts from; the other half is known to be done.
    private async Task<(AppliedPlan? Done, string? Failed)> ApplyAsync(
        GuardVerdict verdict, AppliedPlan part, AppliedPlan? before, CancellationToken cancellation)
    {
        var floor = part.Instances is { } instances
            ? await TryAsync(() => actions.ApplyFloorAsync(here.Name, instances, verdict.Stamp, cancellation))
            : null;
        var steering = await TryAsync(() => actions.ApplySteeringAsync(verdict.Places, verdict.Drained, verdict.Stamp, cancellation));
        return (floor, steering) switch
        {
            (null, null) => (part, null),
            (not null, not null) => (before, $"{floor} {steering}"),
            (not null, null) => (part with { Instances = before?.Instances }, floor),
            (null, not null) => (part with { Places = before?.Places, Drained = before?.Drained }, steering),
        };
    }

    // Null: done. Else why not.
    private static async Task<string?> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (PlanActionException e)
        {
            return e.Message;
        }
    }

    private AppliedPlan Part(GuardVerdict verdict, DateTimeOffset now) => new(
        verdict.Stamp.Fence, verdict.Stamp.Number, now, verdict.Floors.TryGetValue(here.Name, out var instances) ? instances : null, verdict.Places, verdict.Drained);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plans wait: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "What plans did is undone (order {Revision})")]
    private static partial void Undone(ILogger logger, long revision);
}
