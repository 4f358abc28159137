using System.Collections.Concurrent;
using Geode.Topology;

namespace Geode.Backplane.Accounts;

/// <summary>Which other regions one replica takes to be part of the account at the moment. One that it has not heard of yet is.</summary>
public sealed class RegionViews(TimeProvider time)
{
    // What more there is between two questions is a pause of this process, and no silence of the other. One question alone says nothing.
    private const int FewestQuestions = 3;
    private static readonly TimeSpan MostAtOnce = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, View> _views = new();

    /// <summary>Whether the account lists that region.</summary>
    public bool IsListed(Region region) => !_views.TryGetValue(region.Name, out var view) || view.IsListed;

    /// <param name="news">Null: it did not answer.</param>
    /// <param name="offlineAfter">Silence that makes it leave the lists; zero: none does.</param>
    internal void Heard(Region region, RegionNews? news, TimeSpan offlineAfter)
    {
        var now = time.GetTimestamp();
        var before = _views.GetValueOrDefault(region.Name) ?? new View(now, TimeSpan.Zero, true);
        var since = time.GetElapsedTime(before.Asked, now);
        var silence = news is not null ? TimeSpan.Zero : before.Silence + TimeSpan.FromTicks(Math.Min(since.Ticks, MostOf(offlineAfter).Ticks));
        _views[region.Name] = new View(now, silence, news?.IsListed ?? (before.IsListed && (offlineAfter == TimeSpan.Zero || silence < offlineAfter)));
    }

    // So many questions of this length are the whole silence, and none of it is lost to rounding.
    private static TimeSpan MostOf(TimeSpan offlineAfter)
    {
        var part = TimeSpan.FromTicks((offlineAfter.Ticks + FewestQuestions - 1) / FewestQuestions);
        return part > TimeSpan.Zero && part < MostAtOnce ? part : MostAtOnce;
    }

    /// <summary>Of a region that leaves the planet and comes again nothing is known.</summary>
    internal void ForgetAllBut(Planet planet)
    {
        foreach (var name in _views.Keys.Except(planet.RegionNames))
            _views.TryRemove(name, out _);
    }

    private sealed record View(long Asked, TimeSpan Silence, bool IsListed);
}
