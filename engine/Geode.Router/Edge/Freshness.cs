using System.Net;
using Microsoft.Net.Http.Headers;

namespace Geode.Router.Edge;

/// <summary>How long a response may be used, as its Cache-Control says (RFC 9111; the stale ones RFC 5861).</summary>
/// <param name="Fresh">Served without asking.</param>
/// <param name="WhileRevalidate">Beyond that, served while a new one is fetched.</param>
/// <param name="IfError">Beyond <paramref name="Fresh"/>, served when the origin fails.</param>
internal readonly record struct Freshness(TimeSpan Fresh, TimeSpan WhileRevalidate, TimeSpan IfError)
{
    /// <summary>Null: not to be shared. Only what says so itself is: <c>s-maxage</c>, or <c>public</c> with <c>max-age</c>.</summary>
    public static Freshness? Of(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated;
        if (!headers.TryGetValues(HeaderNames.CacheControl, out var text) || !Keepable(response.StatusCode))
            return null;
        if (headers.Contains(HeaderNames.SetCookie) || (headers.TryGetValues(HeaderNames.Vary, out var vary) && vary.ToString().Contains('*')))
            return null;
        if (!CacheControlHeaderValue.TryParse(text.ToString(), out var control) || control.NoStore || control.NoCache || control.Private)
            return null;
        if ((control.SharedMaxAge ?? (control.Public ? control.MaxAge : null)) is not { } fresh)
            return null;
        var result = new Freshness(
            fresh,
            Seconds(control, "stale-while-revalidate"),
            control.MustRevalidate || control.ProxyRevalidate ? TimeSpan.Zero : Seconds(control, "stale-if-error"));
        return result.Longest > TimeSpan.Zero ? result : null;
    }

    /// <summary>After this it is of no use, but for its ETag.</summary>
    public TimeSpan Longest => Fresh + (WhileRevalidate > IfError ? WhileRevalidate : IfError);

    private static bool Keepable(HttpStatusCode status) => status is
        HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation or HttpStatusCode.NoContent or HttpStatusCode.MovedPermanently
        or HttpStatusCode.PermanentRedirect or HttpStatusCode.NotFound or HttpStatusCode.Gone;

    private static TimeSpan Seconds(CacheControlHeaderValue control, string name)
    {
        foreach (var extension in control.Extensions)
        {
            if (extension.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                && HeaderUtilities.TryParseNonNegativeInt64(extension.Value, out var seconds))
                return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
        }

        return TimeSpan.Zero;
    }
}
