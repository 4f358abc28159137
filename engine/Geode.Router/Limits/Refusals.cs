using System.Globalization;
using Geode.Router.Forwarding;
using Geode.Router.Telemetry;
using Microsoft.AspNetCore.WebUtilities;

namespace Geode.Router.Limits;

/// <summary>The router's own answers to requests it does not pass on: a status, and why in one line (RFC 9457).</summary>
internal sealed partial class Refusals(RouterMetrics metrics, OnceLog once, ILogger<Refusals> logger)
{
    /// <param name="retryAfter">Seconds, or null.</param>
    /// <param name="allow">Methods, for a 405.</param>
    /// <param name="close">Whether the connection ends with it.</param>
    public Task WriteAsync(HttpContext context, int status, string why, int? retryAfter = null, string? allow = null, bool close = false)
    {
        metrics.Refused(status);
        if (logger.IsEnabled(LogLevel.Warning) && context.Connection.RemoteIpAddress is { } peer && once.First($"{status} {peer} {why}"))
            Refused(status, PeerText.Of(peer), why);
        return ProblemAsync(context, status, why, retryAfter, allow, close);
    }

    public static Task ProblemAsync(HttpContext context, int status, string why, int? retryAfter = null, string? allow = null, bool close = false)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = status;
        if (allow is not null)
            response.Headers.Allow = allow;
        if (close && !HttpProtocol.IsHttp2(context.Request.Protocol))
            response.Headers.Connection = "close";
        if (retryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return response.WriteAsJsonAsync(
            new { type = "about:blank", title = ReasonPhrases.GetReasonPhrase(status), status, detail = why },
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Warning, "Refused with {Status} to {Peer}: {Why} (said once a minute)")]
    private partial void Refused(int status, string peer, string why);
}
