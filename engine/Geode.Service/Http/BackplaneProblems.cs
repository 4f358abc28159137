using System.Globalization;
using System.Net;
using Geode.Service.Backplane;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Http;

/// <summary>What is left when no region could serve a request: a status that tells a router or a client whether to try again.</summary>
internal sealed partial class BackplaneProblems(IProblemDetailsService problems, ILogger<BackplaneProblems> logger) : IExceptionHandler
{
    private const int DefaultRetrySeconds = 1;

    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsUnavailability(exception))
            return ValueTask.FromResult(false);

        var cosmos = exception as CosmosException;
        var throttled = cosmos?.StatusCode is HttpStatusCode.TooManyRequests;
        var wait = Math.Max(DefaultRetrySeconds, (int)Math.Ceiling(cosmos?.RetryAfter?.TotalSeconds ?? 0));
        context.Response.StatusCode = throttled ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        Unavailable(logger, (int?)cosmos?.StatusCode, cosmos?.SubStatusCode, exception);
        var details = Problems.Details(
            context.Response.StatusCode, null, throttled ? "The backplane is over its throughput." : "No region of the backplane could serve this.");
        return problems.TryWriteAsync(new() { HttpContext = context, ProblemDetails = details, Exception = exception });
    }

    // Any other answer of the backplane means that we asked wrongly.
    private static bool IsUnavailability(Exception exception) => exception switch
    {
        CosmosException e => e.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.Forbidden
            or HttpStatusCode.NotFound or >= HttpStatusCode.InternalServerError or 0,
        _ => BackplaneFault.Is(exception),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The backplane could not serve a request ({Status}/{SubStatus})")]
    private static partial void Unavailable(ILogger logger, int? status, int? subStatus, Exception exception);
}
