using System.Text;

namespace Geode.Service.Sessions;

/// <summary>What one visitor has seen of the backplane, per container and partition, in a form that travels with the visitor from
/// geode to geode. A read that is given these tokens sees at least as much, wherever it is served.</summary>
/// <remarks>Bounded: past <see cref="MaxLength"/> the partitions seen longest ago are forgotten, which weakens the promise for
/// them only. Safe for concurrent use within one request.</remarks>
public sealed class SessionTokens
{
    /// <summary>Characters; with its signature it fits the 4 KB that browsers grant a cookie.</summary>
    public const int MaxLength = 2600;

    private readonly Lock _lock = new();

    // Seen longest ago first.
    private readonly List<(string Container, SessionVector Vector)> _seen = [];

    /// <summary>Set when something was seen that the visitor did not bring along.</summary>
    public bool Changed { get; private set; }

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is something else.</summary>
    public static SessionTokens? Parse(string text)
    {
        if (text.Length > MaxLength)
            return null;
        var tokens = new SessionTokens();
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var slash = entry.IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0 || SessionVector.Parse(entry[(slash + 1)..]) is not { } vector)
                return null;
            tokens._seen.Add((entry[..slash], vector));
        }

        return tokens;
    }

    /// <summary>The token to send with a request to that container; null when the visitor has seen nothing of it.</summary>
    public string? For(string container)
    {
        lock (_lock)
        {
            var vectors = _seen.Where(s => s.Container == container).Select(s => s.Vector.ToString()).ToList();
            return vectors.Count == 0 ? null : string.Join(',', vectors);
        }
    }

    /// <summary>Remembers the token of an answer (<c>x-ms-session-token</c>; several ranges are separated by commas).</summary>
    public void Saw(string container, string? token)
    {
        if (string.IsNullOrEmpty(token))
            return;
        lock (_lock)
        {
            foreach (var text in token.Split(','))
            {
                if (SessionVector.Parse(text) is { } vector)
                    Saw(container, vector);
            }
        }
    }

    /// <summary>Forgets a container whose past no region can show any more.</summary>
    public void Forget(string container)
    {
        lock (_lock)
            Changed |= _seen.RemoveAll(s => s.Container == container) > 0;
    }

    public override string ToString()
    {
        lock (_lock)
        {
            var entries = new List<string>();
            var length = 0;
            foreach (var (container, vector) in Enumerable.Reverse(_seen))
            {
                var entry = $"{container}/{vector};";
                if (length + entry.Length > MaxLength)
                    break;
                entries.Add(entry);
                length += entry.Length;
            }

            return entries.AsEnumerable().Reverse().Aggregate(new StringBuilder(length), (text, entry) => text.Append(entry)).ToString();
        }
    }

    private void Saw(string container, SessionVector vector)
    {
        var index = _seen.FindIndex(s => s.Container == container && s.Vector.Range == vector.Range);
        if (index < 0)
        {
            _seen.Add((container, vector));
            Changed = true;
            return;
        }

        var known = _seen[index].Vector;
        var merged = known.Merge(vector);
        _seen.RemoveAt(index);
        _seen.Add((container, merged));
        Changed |= merged.ToString() != known.ToString();
    }
}
