using Geode.Topology;

namespace Geode.Control.Faults;

/// <summary>Every link of the planet as it is meant to be. A replica that comes back is told again from here.</summary>
internal sealed class LinkTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string From, string To), Link> _links;

    public LinkTable(Planet planet) => _links = Of(planet);

    /// <summary>The links of the planet as it is now. Those there were keep what was made of them.</summary>
    public void Grow(Planet planet)
    {
        lock (_lock)
        {
            var links = Of(planet);
            foreach (var known in _links.Keys.Where(key => !links.ContainsKey(key)).ToList())
            {
                _links.Remove(known);
                _changed.Remove(known);
            }

            foreach (var (key, link) in links)
                _links.TryAdd(key, link);
        }
    }

    private static Dictionary<(string From, string To), Link> Of(Planet planet) => (
        from a in planet.Regions
        from b in planet.Regions
        where a.Name != b.Name
        select new Link(a.Name, b.Name, Math.Round(planet.OneWayDelay(a, b).TotalMilliseconds, 3), 0, 0, Link.Up))
        .ToDictionary(l => (l.From, l.To));

    public IReadOnlyList<Link> All
    {
        get
        {
            lock (_lock)
                return [.. _links.Values];
        }
    }

    /// <summary>Links that were ever changed: the others are as every replica assumes by itself.</summary>
    public IReadOnlyList<Link> Changed(string region)
    {
        lock (_lock)
            return [.. _changed.Select(key => _links[key]).Where(l => l.From == region || l.To == region)];
    }

    /// <returns>The link afterwards.</returns>
    public Link Change(string from, string to, Func<Link, Link> change)
    {
        lock (_lock)
        {
            var link = change(_links[(from, to)]);
            _links[(from, to)] = link;
            _changed.Add((from, to));
            return link;
        }
    }

    private readonly HashSet<(string From, string To)> _changed = [];
}
