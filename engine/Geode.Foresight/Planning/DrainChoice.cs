namespace Geode.Foresight.Planning;

/// <summary>Which geode is taken out of the traffic: at most one at a time, and only while the others have room for everything.</summary>
internal sealed class DrainChoice
{
    private const double Below = 0.25;
    private const double Until = 0.6;
    private string? _drained;

    /// <summary>Whether the last plan drained it.</summary>
    public bool IsDrained(string region) => region == _drained;

    /// <param name="works">All regions.</param>
    /// <param name="capacity">Of a region's running instances, requests per second.</param>
    public void Apply(IReadOnlyList<RegionWork> works, Func<RegionWork, double> capacity)
    {
        // A region that is silent stays as it was, also when it was drained.
        var now = works.FirstOrDefault(w => w.Seen.Region == _drained);
        if (now is null || (now.Reports && (now.Health.Health >= Until || !now.Accepts(PlanActions.Drain))))
            _drained = null;
        var chosen = _drained is null ? works.Where(w => w.Accepts(PlanActions.Drain) && !w.Health.Learning && w.Health.Health < Below).MinBy(w => w.Health.Health) : now;
        if (chosen is null)
            return;
        var rest = works.Where(w => w != chosen && w.Reports).Sum(w => capacity(w) * w.Trust);
        var load = works.Where(w => w.Reports).Sum(w => w.Upper);
        if (rest < load)
        {
            chosen.Reasons.Add(FormattableString.Invariant($"unwell, but not drained: the others have room for {rest:0.#} requests/s, and {load:0.#} are expected"));
            _drained = null;
            return;
        }

        _drained = chosen.Seen.Region;
        chosen.Drain = true;
        chosen.Reasons.Add(FormattableString.Invariant($"drained: health {chosen.Health.Health:0.00}, until it is {Until:0.0} again"));
    }
}
