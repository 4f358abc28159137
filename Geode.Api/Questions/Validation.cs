using Geode.Service.Http;

namespace Geode.Api.Questions;

/// <summary>Turns what was sent into what may be stored, or says which field is wrong and what is allowed.</summary>
internal static class Validation
{
    public static (QuestionRequest? Valid, FieldProblem? Problem) Question(QuestionRequest request)
    {
        if (Text(request.Title, "title", Limits.Title) is { } title)
            return (null, title);
        if (Text(request.Body, "body", Limits.Body) is { } body)
            return (null, body);

        var tags = (request.Tags ?? []).Select(tag => tag?.Trim().ToLowerInvariant() ?? "").Distinct().Order(StringComparer.Ordinal).ToList();
        if (tags.Count > Limits.Tags)
            return (null, new("tags", $"At most {Limits.Tags} tags; there are {tags.Count}."));
        if (tags.FirstOrDefault(tag => !IsTag(tag)) is { } bad)
            return (null, new("tags", $"'{Shortened(bad)}' is not a tag: 1 to {Limits.Tag} letters, digits, '-', '.', '+' or '#'."));
        return (new(request.Title!.Trim(), request.Body!.Trim(), tags), null);
    }

    public static (AnswerRequest? Valid, FieldProblem? Problem) Answer(AnswerRequest request) =>
        Text(request.Body, "body", Limits.Body) is { } body ? (null, body) : (new(request.Body!.Trim()), null);

    /// <summary>Null: so many may be asked for at once.</summary>
    public static FieldProblem? PageSize(int size) =>
        size is >= 1 and <= Limits.MaxPageSize ? null : new("size", $"A whole number from 1 to {Limits.MaxPageSize}.");

    public static bool IsTag(string tag) =>
        tag.Length is > 0 and <= Limits.Tag && tag.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '+' or '#');

    private static FieldProblem? Text(string? value, string field, int limit)
    {
        var length = value?.Trim().Length ?? 0;
        return length is 0 ? new(field, $"Required: 1 to {limit} characters.")
            : length > limit ? new(field, $"At most {limit} characters; there are {length}.")
            : value!.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? new(field, "Control characters are not allowed.")
            : null;
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
