using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Service.Http;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Steward;

/// <summary>Shows the steward to everybody, and takes a person's word for it from the control API of the same machine alone: in Azure there is
/// none, and modes are set by the planet's settings, or by whoever may write documents.</summary>
internal static class StewardEndpoints
{
    private const string Path = "/_steward";

    /// <summary>For an Api: to be looked at.</summary>
    public static void MapView(WebApplication app)
    {
        var planet = app.MapGroup("/api/planet").WithTags("Planet");
        planet.MapGet("/steward", (StewardLook look, CancellationToken cancellation) => AnswerAsync(() => look.StewardAsync(cancellation)))
            .WithSummary("Who plans for the planet, how far it may go, what came of it.").ProducesProblem(503);
        planet.MapGet("/plan", (StewardLook look, CancellationToken cancellation) => AnswerAsync(() => look.PlanAsync(cancellation)))
            .WithSummary("The latest plan, with what was foreseen and what came.").ProducesProblem(503);
    }

    /// <summary>For a Worker, where there is a control API: it passes on what people say.</summary>
    public static void MapOrders(WebApplication app)
    {
        if (app.Services.GetRequiredService<StewardPlace>().Control is null)
            return;
        var steward = app.MapGroup(Path).ForControlOnly("The steward takes orders from the planet's control API only.").ExcludeFromDescription();
        steward.MapGet("/", (StewardLook look, CancellationToken cancellation) => AnswerAsync(() => look.StewardAsync(cancellation)));
        steward.MapGet("/plan", (StewardLook look, CancellationToken cancellation) => AnswerAsync(() => look.PlanAsync(cancellation)));
        steward.MapPut("/", SetModeAsync);
        steward.MapPost("/undo", (long? at, Orders orders, StewardLook look, CancellationToken cancellation) =>
            OrderAsync(() => orders.UndoAsync(at, cancellation), look, cancellation));
        steward.MapPost("/hold", (string? why, long? at, Orders orders, StewardLook look, CancellationToken cancellation) =>
            OrderAsync(() => orders.HoldAsync(why ?? "a person has acted", at, cancellation), look, cancellation));
    }

    private static async Task<IResult> SetModeAsync(HttpRequest request, long? at, Orders orders, StewardLook look, CancellationToken cancellation)
    {
        ModeRequest? body;
        try
        {
            body = await request.ReadFromJsonAsync<ModeRequest>(cancellation);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Bad("""The body is not valid; expected {"mode": "advise"}.""");
        }

        return ModeNames.Parse(body?.Mode) is { } mode
            ? await OrderAsync(() => orders.SetModeAsync(mode, at, cancellation), look, cancellation)
            : Bad($"mode: '{body?.Mode}' is none; allowed are {string.Join(", ", ModeNames.All)}.");
    }

    private static async Task<IResult> OrderAsync(Func<Task> order, StewardLook look, CancellationToken cancellation) => await AnswerAsync(async () =>
    {
        await order();
        look.Forget();
        return await look.StewardAsync(cancellation);
    });

    private static async Task<IResult> AnswerAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return Results.Json(await answer(), BackplaneJson.Options);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            return Results.Problem("This region's replica does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Bad(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    private sealed record ModeRequest(string? Mode);
}
