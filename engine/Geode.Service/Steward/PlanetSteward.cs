using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Service.Backplane;
using Geode.Service.Roles;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Steward;

/// <summary>The one process that plans for the planet. It applies nothing: each region does that on its own copy of the plan.</summary>
internal sealed partial class PlanetSteward(
    PlanBoard board, PlanetReports reports, StewardPlace place, Planet planet, TimeProvider clock, ILogger<PlanetSteward> logger) : IRole
{
    /// <summary>The role's name.</summary>
    public const string Role = "steward";

    /// <summary>Between two plans.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _coldStart = TimeSpan.FromSeconds(planet.Steward.ColdStartSeconds);

    public async Task HoldAsync(RoleTerm term, CancellationToken lost)
    {
        // A plan is for when what is started after it serves.
        var ahead = (int)Math.Ceiling((_coldStart + Step) / Step);
        var planner = new PlanetPlanner(new(Step, TimeSpan.FromMinutes(planet.Steward.DayMinutes), _coldStart));
        var (outlook, log) = (new Outlook(ahead), new DecisionLog(board, ahead * Step));
        var history = new LoadHistory(board, Step);
        var taught = false;
        using var timer = new PeriodicTimer(Step, clock);
        do
        {
            try
            {
                if (!taught)
                {
                    Knows(logger, await history.TeachAsync(planner, clock.GetUtcNow(), lost));
                    taught = true;
                }

                if (!await StepAsync(term, planner, outlook, log, history, lost))
                    return;
            }
            catch (Exception e) when (BackplaneFault.Is(e) && !lost.IsCancellationRequested)
            {
                // The plan that stands lapses if this lasts.
                Missed(logger, e.Message.Split('\n')[0]);
            }
        }
        while (await timer.WaitForNextTickAsync(lost));
    }

    // False: another has a higher fence.
    private async Task<bool> StepAsync(RoleTerm term, PlanetPlanner planner, Outlook outlook, DecisionLog log, LoadHistory history, CancellationToken lost)
    {
        var view = await board.ReadAsync(lost);
        var before = view.Plan?.Plan;
        if (before?.Fence > term.Fence)
        {
            term.Numbering.Saw(before.Fence);
            Overtaken(logger, before.Fence, term.Fence);
            return false;
        }

        var observation = await reports.ObserveAsync(lost);
        var plan = planner.Plan(observation, term.Fence);
        outlook.Add(observation, plan);
        lost.ThrowIfCancellationRequested();
        await board.WriteAsync(
            new PlanDocument("plan", board.Here.Name, PlanDocument.PlanKind, term.Holder, term.Since, plan, outlook.History(), PlanDocument.TimeToLiveSeconds), lost);
        await history.AddAsync(observation, lost);
        await log.AddAsync(before, plan, observation, ModeNames.Name(Orders.ModeOf(view.Orders, place)), lost);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The planner knows {Steps} steps of load that stewards before saw")]
    private static partial void Knows(ILogger logger, int steps);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No plan this time: {Reason}")]
    private static partial void Missed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "A plan with fence {Higher} is here, and this steward's is {Fence}")]
    private static partial void Overtaken(ILogger logger, long higher, long fence);
}
