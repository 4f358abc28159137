using System.Text.Json.Serialization;
using Geode.Api.Documents;
using Geode.Service.Backplane;
using Geode.Service.Http;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Geode.Api.Personal;

/// <summary>What is kept of a visitor for the personal order, and the visitor's say in it.</summary>
internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/me/personal").WithTags("Me");
        me.AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "private, no-store";
            return await next(context);
        });
        me.MapGet("/", Get).WithSummary("What is kept of you for the personal order.");
        me.MapPut("/", Put).WithSummary("Switches the personal order on or off for you; off, nothing is recorded.").ProducesProblem(400).ProducesProblem(429);
        me.MapDelete("/", Delete).WithSummary("Deletes all that is kept of you for the personal order.").ProducesProblem(429);
    }

    private static async Task<Ok<PersonalView>> Get(HttpContext http, Keepsakes keepsakes, CancellationToken cancellation) =>
        TypedResults.Ok(http.KnownVisitor() is { } visitor ? await keepsakes.ViewAsync(visitor, cancellation) : new PersonalView(On: true, Kept: 0, Since: null));

    private static async Task<Results<Ok<PersonalView>, ProblemHttpResult>> Put(
        PersonalRequest request, HttpContext http, Keepsakes keepsakes, CancellationToken cancellation)
    {
        if (request.On is not { } on)
            return Problems.Field("on", "Either true or false.");
        var visitor = http.Visitor();
        await keepsakes.ChangeAsync(visitor, settings => settings with { Off = !on }, cancellation);
        return TypedResults.Ok(await keepsakes.ViewAsync(visitor, cancellation));
    }

    private static async Task<NoContent> Delete(HttpContext http, Keepsakes keepsakes, CancellationToken cancellation)
    {
        if (http.KnownVisitor() is { } visitor)
            await keepsakes.ForgetAsync(visitor, cancellation);
        return TypedResults.NoContent();
    }
}

/// <param name="On">Whether questions are ordered for you, and what you do is recorded for that.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PersonalRequest(bool? On);

/// <param name="On">Whether questions are ordered for you, and what you do is recorded for that.</param>
/// <param name="Kept">How many questions it is known of that you looked at, voted on, asked or answered them.</param>
/// <param name="Since">When the oldest of that was done; absent when nothing is kept.</param>
public sealed record PersonalView(bool On, int Kept, string? Since);
