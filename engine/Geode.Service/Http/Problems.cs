using Geode.Service.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Geode.Service.Http;

/// <summary>Errors as problem details (RFC 9457). Where one field is to blame, <c>errors</c> names it.</summary>
public static class Problems
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="field">The field at fault; null when it is none alone.</param>
    /// <param name="detail">What is wrong and what is allowed.</param>
    public static ProblemDetails Details(int status, string? field, string detail)
    {
        var problem = field is null
            ? new ProblemDetails { Detail = detail }
            : new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [detail] }) { Detail = $"{field}: {detail}" };
        problem.Status = status;
        problem.Title = ReasonPhrases.GetReasonPhrase(status);
        return problem;
    }

    /// <summary>400: what is wrong with which field, and what is allowed.</summary>
    public static ProblemHttpResult Field(string field, string detail) =>
        TypedResults.Problem(Details(StatusCodes.Status400BadRequest, field, detail));

    /// <inheritdoc cref="Field(string, string)"/>
    public static ProblemHttpResult Field(FieldProblem problem) => Field(problem.Field, problem.Detail);

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound(string what, string id) => Status(StatusCodes.Status404NotFound, $"There is no {what} '{id}'.");

    /// <summary>403.</summary>
    public static ProblemHttpResult NotYours(string what) => Status(StatusCodes.Status403Forbidden, $"Only who wrote the {what} may do this.");

    /// <summary>412: the ETag of <c>If-Match</c> is an old one.</summary>
    public static ProblemHttpResult Stale() =>
        Status(StatusCodes.Status412PreconditionFailed, "It was changed since you read it; read it again and repeat with its new ETag.");

    /// <summary>Why a document was not made (422, 410), for the outcomes without a document.</summary>
    public static ProblemHttpResult NotMade(Outcome outcome) => outcome switch
    {
        Outcome.KeyReused => TypedResults.Problem(Details(
            StatusCodes.Status422UnprocessableEntity, IdempotencyKey.Header, "This key was used for another request; take a new one.")),
        Outcome.Gone => Status(StatusCodes.Status410Gone, "This request was served before, and what it made has been deleted since."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private static ProblemHttpResult Status(int status, string detail) => TypedResults.Problem(Details(status, null, detail));
}
