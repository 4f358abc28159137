using Geode.Api.Documents;

namespace Geode.Api.Personal;

/// <summary>Deeds that wait to be written. Bounded in every way: a crowd of readers must cost the backplane little. Past the bounds looks are
/// left out; a taste is made of many.</summary>
internal sealed class Pending(TimeProvider clock)
{
    /// <summary>In memory.</summary>
    public const int Most = 5_000;

    /// <summary>Written at a time.</summary>
    public const int MostAtOnce = 200;

    private const int MostRemembered = 20_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Visitor, string Question), Interest> _deeds = [];

    // Looks of late, in two generations: one that is repeated within 5 to 10 minutes is not written again.
    private HashSet<(string Visitor, string Question)> _recent = [];
    private HashSet<(string Visitor, string Question)> _before = [];
    private long _since = clock.GetTimestamp();

    /// <param name="deed">To be written.</param>
    /// <param name="isLook">Left out when it was there a moment ago.</param>
    public void Add(Interest deed, bool isLook)
    {
        var key = (deed.Visitor, deed.Id);
        lock (_lock)
        {
            if (isLook && !IsNew(key))
                return;
            // What has come meanwhile is later than what is tried again.
            if (_deeds.TryGetValue(key, out var there) && string.CompareOrdinal(there.At, deed.At) > 0)
                return;
            if (there is not null || _deeds.Count < Most)
                _deeds[key] = isLook && there is { Weight: not Interest.Viewed } ? there : deed;
        }
    }

    /// <summary>Those to be written now.</summary>
    public IReadOnlyList<Interest> Take()
    {
        lock (_lock)
        {
            if (_deeds.Count == 0)
                return [];
            Interest[] taken = [.. _deeds.Values.OrderByDescending(deed => Math.Abs(deed.Weight)).Take(MostAtOnce)];
            foreach (var deed in taken)
                _deeds.Remove((deed.Visitor, deed.Id));
            return taken;
        }
    }

    /// <summary>Whatever is here of a visitor goes.</summary>
    public void Forget(string visitor)
    {
        lock (_lock)
        {
            foreach (var key in _deeds.Keys.Where(key => key.Visitor == visitor).ToList())
                _deeds.Remove(key);
            _recent.RemoveWhere(key => key.Visitor == visitor);
            _before.RemoveWhere(key => key.Visitor == visitor);
        }
    }

    private bool IsNew((string, string) key)
    {
        if (_recent.Count >= MostRemembered || clock.GetElapsedTime(_since) > Remembered)
            (_before, _recent, _since) = (_recent, [], clock.GetTimestamp());
        return !_before.Contains(key) && _recent.Add(key);
    }
}
