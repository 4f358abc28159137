using Azure.Core;
using Azure.ResourceManager;
using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Topology;

namespace Geode.Service.Steward.InAzure;

/// <summary>Does what a plan says with Azure's own API: the fewest replicas of this geode's container app, and weight and state of its origin in
/// Front Door. A geode changes nothing that is another's, so what a plan wants of the planet is done by all of its geodes together.</summary>
internal sealed class AzurePlanActions : IPlanActions
{
    private readonly Planet _planet;
    private readonly Region _region;
    private readonly AzureChange<AppScale> _app;
    private readonly AzureChange<OriginShare> _origin;

    public AzurePlanActions(Planet planet, Region region, ArmClient client, AzureSettings settings, IChangeMemory memory, TimeProvider clock)
    {
        (_planet, _region) = (planet, region);
        _app = new(
            new ContainerAppScale($"{settings.App.Name} of {region.Name}"), new(client, settings.App, ContainerAppScale.ApiVersion), memory, clock);
        _origin = new(new FrontDoorOrigin(settings.Origin.Name), new(client, settings.Origin, FrontDoorOrigin.ApiVersion), memory, clock);
    }

    /// <summary>Azure's client for that identity. It tries nothing again by itself: the next round does, when Azure has said that it may.</summary>
    /// <param name="credential">This geode's.</param>
    /// <param name="configure">For tests.</param>
    public static ArmClient Client(TokenCredential credential, Action<ArmClientOptions>? configure = null)
    {
        var options = new ArmClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(30) } };
        configure?.Invoke(options);
        return new(credential, default, options);
    }

    /// <inheritdoc/>
    public Task ApplyFloorAsync(string region, int instances, PlanStamp stamp, CancellationToken cancellation) =>
        region == _region.Name
            ? _app.ApplyAsync(
                $"{instances}",
                (before, properties) => new(Math.Max(before.Least, Math.Min(instances, ContainerAppScale.Most(properties) ?? instances))),
                stamp, cancellation)
            : throw new PlanActionException($"{region} is not this geode's region, which is {_region.Name}.");

    /// <inheritdoc/>
    public async Task ApplySteeringAsync(IReadOnlyList<PlacePlan> places, IReadOnlyList<string> drained, PlanStamp stamp, CancellationToken cancellation)
    {
        if (_planet.RegionNames.All(drained.Contains))
            throw new PlanActionException("The plan drains every region: that is never done.");
        var (weight, refused) = FrontDoorWeights.Decide(_planet, places, drained, _region);
        var enabled = !drained.Contains(_region.Name);
        await _origin.ApplyAsync(
            $"{weight} {enabled}",
            // Whoever gave an origin less, or nothing, meant it.
            (before, _) => new(Math.Min(before.Weight, weight ?? before.Weight), before.Enabled && enabled),
            stamp, cancellation);
        if (refused.Count > 0)
            throw new PlanActionException($"Front Door cannot do this of the plan: {string.Join("; ", refused)}.");
    }

    /// <inheritdoc/>
    public async Task UndoAsync(CancellationToken cancellation)
    {
        var problems = await EachAsync(() => _origin.UndoAsync(cancellation), () => _app.UndoAsync(cancellation));
        if (problems.Count > 0)
            throw new PlanActionException(string.Join(' ', problems.Select(p => p.Message)), problems[0]);
    }

    /// <summary>Ends what no plan has asked for lately, and goes on with an undo that could not be finished.</summary>
    /// <returns>What is in the way, in one line each.</returns>
    public async Task<IReadOnlyList<string>> TendAsync(TimeSpan lapse, CancellationToken cancellation) =>
        [.. (await EachAsync(() => _origin.TendAsync(lapse, cancellation), () => _app.TendAsync(lapse, cancellation))).Select(p => p.Message)];

    // One that cannot be done now keeps the other from nothing.
    private static async Task<List<PlanActionException>> EachAsync(params IReadOnlyList<Func<Task>> acts)
    {
        var problems = new List<PlanActionException>();
        foreach (var act in acts)
        {
            try
            {
                await act();
            }
            catch (PlanActionException e)
            {
                problems.Add(e);
            }
        }
        return problems;
    }
}
