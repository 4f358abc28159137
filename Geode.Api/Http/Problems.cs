using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Geode.Api.Http;

/// <summary>Errors as problem details (RFC 9457). Where one field is to blame, <c>errors</c> names it.</summary>
internal static class Problems
{
    public static ProblemDetails Details(int status, string? field, string detail)
    {
        var problem = field is null
            ? new ProblemDetails { Detail = detail }
            : new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [detail] }) { Detail = $"{field}: {detail}" };
        problem.Status = status;
        problem.Title = ReasonPhrases.GetReasonPhrase(status);
        return problem;
    }

    public static ProblemHttpResult Field(string field, string detail) =>
        TypedResults.Problem(Details(StatusCodes.Status400BadRequest, field, detail));

    public static ProblemHttpResult Field(Questions.FieldProblem problem) => Field(problem.Field, problem.Detail);

    public static ProblemHttpResult NotFound(string what, string id) => Status(StatusCodes.Status404NotFound, $"There is no {what} '{id}'.");

    public static ProblemHttpResult NotYours(string what) => Status(StatusCodes.Status403Forbidden, $"Only who wrote the {what} may do this.");

    public static ProblemHttpResult Stale() =>
        Status(StatusCodes.Status412PreconditionFailed, "It was changed since you read it; read it again and repeat with its new ETag.");

    private static ProblemHttpResult KeyReused() => TypedResults.Problem(Details(
        StatusCodes.Status422UnprocessableEntity, IdempotencyKey.Header, "This key was used for another request; take a new one."));

    /// <summary>Why a post was not made, for the outcomes without a post.</summary>
    public static ProblemHttpResult Failed(Questions.Idempotency.Result result) => result switch
    {
        Questions.Idempotency.Result.KeyReused => KeyReused(),
        Questions.Idempotency.Result.Gone => Status(StatusCodes.Status410Gone, "This request was served before, and what it made has been deleted since."),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, null),
    };

    private static ProblemHttpResult Status(int status, string detail) => TypedResults.Problem(Details(status, null, detail));
}
