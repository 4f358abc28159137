using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Geode.Api.Http;

/// <summary>Requests that could not even be read, as problem details that name the field where there is one.</summary>
internal sealed class BadRequestProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
            return ValueTask.FromResult(false);
        context.Response.StatusCode = bad.StatusCode;
        var details = bad.InnerException is JsonException json
            ? Problems.Details(bad.StatusCode, Field(json), "The value cannot be read as what is expected here.")
            : Problems.Details(bad.StatusCode, null, bad.Message);
        return problems.TryWriteAsync(new() { HttpContext = context, ProblemDetails = details, Exception = exception });
    }

    // "$.tags[0]" → "tags[0]"; the body as a whole when the text is no JSON at all.
    private static string Field(JsonException json) => json.Path is { Length: > 2 } path ? path[2..] : "body";
}
