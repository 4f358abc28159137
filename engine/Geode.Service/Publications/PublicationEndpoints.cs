using System.Text.Json;
using System.Text.Json.Serialization;
using Geode.Service.Backplane;
using Geode.Service.Http;
using Geode.Service.Planets;
using Geode.Topology;

namespace Geode.Service.Publications;

/// <summary>Shows to everybody which versions this process uses, and takes a person's word for it from the control API of the same machine alone:
/// in Azure there is none, and who may write documents writes a <c>pin</c>.</summary>
internal static class PublicationEndpoints
{
    private const string Example = """{"to": "1003.7"}""";

    private static readonly JsonSerializerOptions Strict = new(BackplaneJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>For every process that uses one: to be looked at.</summary>
    public static void MapView(WebApplication app) => app.MapGet("/api/publications", (HttpContext http, IEnumerable<PublicationFollower> followers, Region here) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return View(followers, here);
        })
        .WithTags("Planet").WithSummary("Which version of each publication this geode uses, since when, and what it refused and why.").Produces<PublicationsView>();

    /// <summary>For a Worker, where there is a control API: it passes on what people say.</summary>
    public static void MapOrders(WebApplication app)
    {
        if (app.Configuration.Control() is null)
            return;
        var publications = app.MapGroup("/_publications").ForControlOnly("Publications take orders from the planet's control API only.").ExcludeFromDescription();
        publications.MapGet("/", View);
        publications.MapPost("/{name}/rollback", RollBackAsync);
        publications.MapPost("/{name}/resume", (
            string name, long? at, PublicationOrders orders, IEnumerable<PublicationFollower> followers, CancellationToken cancellation) =>
            OrderAsync(name, followers, follower => orders.ResumeAsync(follower, at, cancellation)));
    }

    private static IResult View(IEnumerable<PublicationFollower> followers, Region here) => Results.Json(
        new PublicationsView(here.Name, [.. followers.Select(follower => follower.State).OrderBy(state => state.Name, StringComparer.Ordinal)]), BackplaneJson.Options);

    private static async Task<IResult> RollBackAsync(
        string name, long? at, HttpRequest request, PublicationOrders orders, IEnumerable<PublicationFollower> followers, CancellationToken cancellation)
    {
        string? text;
        try
        {
            using var sent = new MemoryStream();
            await request.Body.CopyToAsync(sent, cancellation);
            text = sent.Length == 0 ? null : (JsonSerializer.Deserialize<RollBackRequest>(sent.ToArray(), Strict) ?? throw new JsonException()).To;
        }
        catch (JsonException)
        {
            return Bad($"The body is not valid; expected {Example}, or none for the version before.");
        }

        if (text is null)
            return await OrderAsync(name, followers, follower => orders.RollBackAsync(follower, null, at, cancellation));
        return PublicationVersion.TryParse(text, out var to)
            ? await OrderAsync(name, followers, follower => orders.RollBackAsync(follower, to, at, cancellation))
            : Bad($"to: '{text}' is no version; expected fence and number, such as 1003.7.");
    }

    private static async Task<IResult> OrderAsync(
        string name, IEnumerable<PublicationFollower> followers, Func<PublicationFollower, Task<PublicationState>> order)
    {
        if (followers.FirstOrDefault(follower => follower.Name == name) is not { } found)
            return Bad($"'{name}' is no publication that this process uses; {(followers.Any() ? $"there are {string.Join(", ", followers.Select(follower => follower.Name))}" : "it uses none")}.");
        try
        {
            return Results.Json(await order(found), BackplaneJson.Options);
        }
        catch (PublicationOrderException e)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status409Conflict);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            return Results.Problem("This region's replica does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Bad(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    private sealed record RollBackRequest(string? To);
}

/// <summary>The publications that a process uses.</summary>
/// <param name="AnsweredBy">Its region.</param>
/// <param name="Publications">By name.</param>
public sealed record PublicationsView(string AnsweredBy, IReadOnlyList<PublicationState> Publications);
