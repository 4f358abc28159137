using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Geode.Service.Http;

/// <summary>Requests that could not even be read, as problem details that name the field where there is one.</summary>
internal sealed partial class BadRequestProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
            return ValueTask.FromResult(false);
        context.Response.StatusCode = bad.StatusCode;
        var details = bad switch
        {
            BadFieldException { Problem: var problem } => Problems.Details(bad.StatusCode, problem.Field, problem.Detail),
            { InnerException: JsonException json } => Problems.Details(bad.StatusCode, Field(json), "The value cannot be read as what is expected here."),
            _ => Problems.Details(bad.StatusCode, Parameter(bad), Detail(bad)),
        };
        return problems.TryWriteAsync(new() { HttpContext = context, ProblemDetails = details, Exception = exception });
    }

    // The framework names the parameter only in its message: Failed to bind parameter "int size" from "many".
    private static string? Parameter(BadHttpRequestException bad)
    {
        if (bad.StatusCode != StatusCodes.Status400BadRequest)
            return null;
        // "… was not provided from body.", "… but no body was provided."
        if (bad.Message.Contains("from body", StringComparison.Ordinal) || bad.Message.Contains("no body", StringComparison.Ordinal))
            return "body";
        return Named().Match(bad.Message) is { Success: true } named ? named.Groups[1].Value : null;
    }

    private static string Detail(BadHttpRequestException bad) => Parameter(bad) switch
    {
        null => bad.Message,
        "body" => "Required: a JSON object.",
        _ => "The value cannot be read as what is expected here.",
    };

    [GeneratedRegex("parameter \"\\S+ (\\w+)\"")]
    private static partial Regex Named();

    // "$.tags[0]" → "tags[0]"; the body as a whole when the text is no JSON at all.
    private static string Field(JsonException json) => json.Path is { Length: > 2 } path ? path[2..] : "body";
}
