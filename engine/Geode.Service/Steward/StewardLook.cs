using Geode.Foresight.Guardrails;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Steward;

/// <summary>Shows the steward and its plan, from what has arrived in this region. What was read a moment ago is not read again, however many
/// ask.</summary>
internal sealed class StewardLook(PlanBoard board, StewardPlace place, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1);
    private (BoardView Board, IReadOnlyList<DecisionDocument> Decisions, long At)? _last;

    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<StewardView> StewardAsync(CancellationToken cancellation)
    {
        var (view, decisions) = await ReadAsync(cancellation);
        var (plan, orders) = (view.Plan, view.Orders);
        return new(
            ModeNames.Name(Orders.ModeOf(orders, place)), orders?.HeldUntil > clock.GetUtcNow() ? orders.HeldUntil : null, orders?.Why, plan?.Region, plan?.Holder,
            plan?.Since, plan?.Plan?.Fence, plan?.Plan?.Number, plan?.Plan?.MadeAt,
            [.. view.Applied.OrderBy(applied => applied.Region, StringComparer.Ordinal).Select(Applied)], view.Torn,
            [.. decisions.Select(entry => new LoggedDecisions(entry.At, entry.Region, entry.Fence, entry.Number, entry.Mode, entry.Decisions ?? []))]);
    }

    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<PlanView> PlanAsync(CancellationToken cancellation)
    {
        var plan = (await ReadAsync(cancellation)).Board.Plan;
        return new(plan?.Region, plan?.Plan, plan?.History ?? new Dictionary<string, RegionHistory>());
    }

    /// <summary>What is asked for next is read anew.</summary>
    public void Forget() => _last = null;

    public void Dispose() => _one.Dispose();

    private async Task<(BoardView Board, IReadOnlyList<DecisionDocument> Decisions)> ReadAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_last is not { } last || clock.GetElapsedTime(last.At) >= Fresh)
            {
                last = (await board.ReadAsync(cancellation), await board.DecisionsAsync(cancellation), clock.GetTimestamp());
                _last = last;
            }

            return (last.Board, last.Decisions);
        }
        finally
        {
            _one.Release();
        }
    }

    private static RegionApplied Applied(AppliedDocument of) => new(
        of.Region, of.Fence, of.Number, of.At, of.Mode, of.Allowed, of.Running, of.Done, of.Proposed, of.Refused ?? [], of.Failed);
}
