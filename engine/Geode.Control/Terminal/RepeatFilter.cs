using System.Text.RegularExpressions;

namespace Geode.Control.Terminal;

/// <summary>Lets a line through that comes again and again only once per period, and says then how often it came.</summary>
internal sealed partial class RepeatFilter(TimeProvider time)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private const int MostRemembered = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Seen> _seen = [];

    /// <returns>What to show; null: nothing.</returns>
    public string? Pass(string line)
    {
        // Lines that differ in numbers only (times, ids, ports) are the same line.
        var key = Numbers().Replace(line, "#");
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (_seen.TryGetValue(key, out var seen) && time.GetElapsedTime(seen.ShownAt, now) < Period)
            {
                seen.Hidden++;
                return null;
            }
            if (_seen.Count >= MostRemembered)
                _seen.Clear();
            _seen[key] = new(now);
            return seen is { Hidden: > 0 } ? $"{line} (and {seen.Hidden} times more since it was last shown)" : line;
        }
    }

    [GeneratedRegex(@"[0-9][0-9a-f.:-]*")]
    private static partial Regex Numbers();

    private sealed class Seen(long shownAt)
    {
        public long ShownAt { get; } = shownAt;

        public int Hidden { get; set; }
    }
}
