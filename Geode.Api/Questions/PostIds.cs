using Geode.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Api.Questions;

/// <summary>Ids are parts of addresses, and anyone can write an address: what cannot be an id is not found, and the backplane, where
/// some characters are not even allowed in an id, is not asked for it.</summary>
internal static class PostIds
{
    public static RouteGroupBuilder RequireIds(this RouteGroupBuilder routes)
    {
        routes.AddEndpointFilter(async (context, next) =>
        {
            var values = context.HttpContext.Request.RouteValues;
            if (Wrong(values, "questionId") is { } question)
                return Problems.NotFound("question", question);
            if (Wrong(values, "id") is { } id)
                return Problems.NotFound(values.ContainsKey("questionId") ? "answer" : "question", id);
            return await next(context);
        });
        return routes;
    }

    private static string? Wrong(RouteValueDictionary values, string name) =>
        values[name] is string id && !IsId(id) ? id[..Math.Min(id.Length, Limits.Id)] : null;

    internal static bool IsId(string id) => id.Length is > 0 and <= Limits.Id && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-');
}
