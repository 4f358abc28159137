using System.Globalization;
using Geode.Control.Faults;
using Geode.Foresight.Scaling;
using Geode.Topology;

namespace Geode.Control.Instances;

/// <summary>Decides from the requests that the router counts how many instances each geode needs, as Container Apps does. It asks for them
/// only where there is something to decide.</summary>
/// <param name="planet">Its regions and their limits.</param>
/// <param name="loadsAsync">What the router says of each geode's requests; null: it does not answer.</param>
/// <param name="geodeOf">A region's geode.</param>
/// <param name="instancesOf">How many instances a region has, those that start included.</param>
/// <param name="changed">Called with a region for which something else was decided.</param>
/// <param name="time">When the rule is asked.</param>
internal sealed class Autoscaler(
    LivePlanet planet, Func<CancellationToken, Task<IReadOnlyDictionary<string, OriginLoad>?>> loadsAsync, Func<string, GeodeInstances> geodeOf,
    Func<string, int> instancesOf, Action<string> changed, TimeProvider time)
{
    private readonly Dictionary<string, (HttpScaleRule Rule, long? Requests)> _rules = [];
    private long _looked = time.GetTimestamp();

    /// <summary>Until the planet ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(planet.Now.Scale.PollSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await LookAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The planet stops.
        }
    }

    /// <summary>One look at the requests, and what follows from it.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = planet.Now;
        List<Region> elastic = [.. now.Regions.Where(r => now.Scale.MostOf(r) > now.Scale.LeastOf(r))];
        if (elastic.Count == 0)
            return;
        var looks = time.GetTimestamp();
        var loads = await loadsAsync(cancellationToken);
        var since = time.GetElapsedTime(_looked);
        _looked = time.GetTimestamp();
        foreach (var region in elastic)
        {
            var (rule, before) = RuleOf(region, now.Scale);
            var load = loads?.GetValueOrDefault(region.Name);
            _rules[region.Name] = (rule, load?.Requests);
            // Who cannot be asked says nothing; what runs stays.
            if (load?.Requests is { } requests && before is { } known)
                Decide(region.Name, rule, load.Since(known), since, looks);
        }
    }

    private void Decide(string region, HttpScaleRule rule, long requests, TimeSpan since, long looks)
    {
        var polling = rule.Settings.Polling;
        // The rule counts over the time between two looks, which is longer on a machine that was busy or asleep.
        var counted = since > polling ? requests * (polling / since) : requests;
        var count = instancesOf(region);
        var desired = rule.Desired(time.GetUtcNow(), counted, count);
        var why = desired > count
            ? string.Create(CultureInfo.InvariantCulture, $"{counted / polling.TotalSeconds:0.#} requests per second, where {rule.Settings.ConcurrentRequests} are work for one")
            : desired == 0 ? $"no request for {rule.Settings.CoolDown.TotalSeconds:0} s"
            : $"no more were needed for {rule.Settings.ScaleDownStabilization.TotalSeconds:0} s";
        if (geodeOf(region).Scale(desired, why, looks))
            changed(region);
    }

    private (HttpScaleRule Rule, long? Requests) RuleOf(Region region, ScaleSettings scale) => _rules.TryGetValue(region.Name, out var known)
        ? known
        : (new(new(scale.ConcurrentRequests, scale.LeastOf(region), scale.MostOf(region))
        {
            Polling = TimeSpan.FromSeconds(scale.PollSeconds),
            CoolDown = TimeSpan.FromSeconds(scale.CooldownSeconds),
            ScaleDownStabilization = TimeSpan.FromSeconds(scale.CooldownSeconds),
        }), null);
}
