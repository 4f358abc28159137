using System.Globalization;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>The date a request is signed with.</summary>
public static class RequestDate
{
    // Clients send the second they live in, so one parsed date serves thousands of requests.
    private static volatile Parsed? _last;

    /// <summary>The most by which a request's date may differ from the server's.</summary>
    public static TimeSpan AllowedSkew { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether <paramref name="date"/> (RFC 1123) is one the server at <paramref name="now"/> accepts.</summary>
    /// <returns>Null when it is no date at all.</returns>
    public static bool? IsCurrent(ReadOnlySpan<char> date, DateTimeOffset now) =>
        Parse(date) is { } sent ? (now - sent).Duration() <= AllowedSkew : null;

    private static DateTimeOffset? Parse(ReadOnlySpan<char> date)
    {
        if (_last is { } last && date.SequenceEqual(last.Text)) return last.Value;
        if (!DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)) return null;
        _last = new Parsed(new string(date), value);
        return value;
    }

    private sealed record Parsed(string Text, DateTimeOffset Value);
}
