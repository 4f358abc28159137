using Geode.Cli.Simulation.World;
using Geode.Foresight.Scaling;

namespace Geode.Cli.Simulation.Policies;

/// <summary>The HTTP scale rule of each region, as Container Apps asks it: every 15 s, by the requests since.</summary>
internal sealed class ReactiveScaling
{
    private readonly WorldSettings _settings;
    private readonly HttpScaleRule[] _rules;
    private readonly double[] _counted;

    /// <param name="settings">The planet.</param>
    /// <param name="utilisation">Of an instance's requests per second, at which another one is wanted.</param>
    public ReactiveScaling(WorldSettings settings, double utilisation)
    {
        _settings = settings;
        var concurrent = Math.Max(1, (int)Math.Round(settings.Instance.PerSecond * utilisation));
        _rules = [.. settings.Planet.Regions.Select(r => new HttpScaleRule(new(concurrent, r.MinReplicas, r.MaxReplicas)
        {
            Polling = settings.Polling,
            CoolDown = settings.CoolDown,
            ScaleDownStabilization = settings.CoolDown,
        }))];
        _counted = new double[_rules.Length];
    }

    /// <summary>What each region's rule wants, when it is asked; else null.</summary>
    public int?[] Wanted(PlanetState state)
    {
        var wanted = new int?[_rules.Length];
        if (state.At == TimeSpan.Zero || !state.IsDue(_settings.Polling, _settings.Tick))
            return wanted;
        for (var region = 0; region < _rules.Length; region++)
        {
            var geode = state.Geodes[region];
            wanted[region] = _rules[region].Desired(DateTimeOffset.UnixEpoch + state.At, state.Arrived[region] - _counted[region], geode.Running + geode.Starting);
            _counted[region] = state.Arrived[region];
        }

        return wanted;
    }
}
