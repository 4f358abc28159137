using System.Collections.Concurrent;
using Geode.Api.Documents;

namespace Geode.Api.Personal;

/// <summary>What visitors wish, remembered for ten seconds, so that not every deed costs a read. A wish told to another process is heard
/// of here as late as that; what is recorded in between does not count while it stands.</summary>
internal sealed class Wishes(Interests interests, TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (PersonalSettings Settings, long At)> _known = new();

    public async ValueTask<PersonalSettings> OfAsync(string visitor, CancellationToken cancellation)
    {
        if (_known.TryGetValue(visitor, out var known) && clock.GetElapsedTime(known.At) < Fresh)
            return known.Settings;
        var settings = await interests.SettingsAsync(visitor, cancellation);
        Heard(settings);
        return settings;
    }

    /// <summary>Straight from the visitor, or as just read.</summary>
    public void Heard(PersonalSettings settings)
    {
        if (_known.Count >= Most)
            _known.Clear();
        _known[settings.Visitor] = (settings, clock.GetTimestamp());
    }
}
