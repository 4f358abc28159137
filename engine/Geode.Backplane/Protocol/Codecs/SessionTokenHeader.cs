using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>The value of <c>x-ms-session-token</c>: <c>{pkrange}:{token}</c>, several separated by commas.</summary>
public static class SessionTokenHeader
{
    // The version of a token that is a bare LSN: older than any, so that a comparison ignores its global LSN.
    private const long NoVersion = -1;

    /// <summary>
    /// Finds the token of one partition key range. A token without a range counts for every range; a bare LSN (<c>0:57</c>)
    /// reads as a token without version or regions.
    /// </summary>
    /// <param name="token">Null when the header has none for the range.</param>
    /// <returns>False when the header is malformed.</returns>
    public static bool TryFind(ReadOnlySpan<char> header, ReadOnlySpan<char> rangeId, out SessionToken? token)
    {
        token = null;
        foreach (var part in header.Split(','))
        {
            var entry = header[part].Trim();
            if (entry.IsEmpty) continue;
            var colon = entry.LastIndexOf(':');
            if (!TryParseToken(entry[(colon + 1)..], out var parsed)) return false;
            if (colon < 0 || entry[..colon].SequenceEqual(rangeId)) token = parsed;
        }

        return true;
    }

    /// <summary>Reads every entry; the range id is empty for a token without one.</summary>
    /// <returns>Null when the header is malformed.</returns>
    public static IReadOnlyList<KeyValuePair<string, SessionToken>>? TryParse(ReadOnlySpan<char> header)
    {
        var tokens = new List<KeyValuePair<string, SessionToken>>();
        foreach (var part in header.Split(','))
        {
            var entry = header[part].Trim();
            if (entry.IsEmpty) continue;
            var colon = entry.LastIndexOf(':');
            if (!TryParseToken(entry[(colon + 1)..], out var token)) return null;
            tokens.Add(new(new string(colon < 0 ? default : entry[..colon]), token));
        }

        return tokens;
    }

    /// <summary>The tokens of ranges that <paramref name="isRelated"/> accepts, by their number.</summary>
    public static IReadOnlyList<SessionToken> Related(ReadOnlySpan<char> header, Func<int, bool> isRelated) =>
        [.. (TryParse(header) ?? []).Where(t => int.TryParse(t.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && isRelated(number)).Select(t => t.Value)];

    public static string Format(string rangeId, SessionToken token) =>
        token.Format($"{rangeId}:");

    public static string Format(IEnumerable<KeyValuePair<string, SessionToken>> tokens) =>
        string.Join(',', tokens.Select(t => Format(t.Key, t.Value)));

    private static bool TryParseToken(ReadOnlySpan<char> text, [NotNullWhen(true)] out SessionToken? token)
    {
        if (SessionToken.TryParse(text, out token)) return true;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var lsn)) return false;
        token = new SessionToken(NoVersion, lsn);
        return true;
    }
}
