using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Geode.Router.Forwarding;

/// <summary>The router's own answers to requests it cannot pass on: a status, and why in one line (RFC 9457).</summary>
internal static class Refusal
{
    /// <param name="retryAfter">Seconds, or null.</param>
    public static Task WriteAsync(HttpContext context, int status, string why, int? retryAfter = null)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = status;
        if (retryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return response.WriteAsJsonAsync(
            new { type = "about:blank", title = ReasonPhrases.GetReasonPhrase(status), status, detail = why },
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted);
    }
}
