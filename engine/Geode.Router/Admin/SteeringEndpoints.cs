using Geode.Router.Limits;
using Geode.Router.Steering;

namespace Geode.Router.Admin;

/// <summary>Where a plan says which place's requests go where, and what has come from each place so far.</summary>
internal static class SteeringEndpoints
{
    private const string Example =
        """{ "fence": 1, "number": 1, "seconds": 60, "places": [{ "place": "amsterdam", "shares": { "westeurope": 1 } }], "drained": [] }""";

    public static void MapSteering(this IEndpointRouteBuilder app, RouterState state)
    {
        app.MapPut("/_router/steering", (HttpContext context) => PutAsync(context, state));
        app.MapGet("/_router/steering", (HttpContext context) => GetAsync(context, state));
        app.MapDelete("/_router/steering", (HttpContext context) =>
        {
            state.Steering.End(state.Current);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        app.MapGet("/_router/places", (HttpContext context) => PlacesAsync(context, state));
    }

    private static async Task PutAsync(HttpContext context, RouterState state)
    {
        var (order, wrong) = await AdminBody.ReadAsync<SteeringOrder>(context, Example);
        var router = state.Current;
        if (order is not null)
            wrong = SteeringCheck.Wrong(order, router.Setup.Places, [.. router.Origins.Select(o => o.Name)]);
        if (wrong is not null)
        {
            await Refusals.ProblemAsync(context, StatusCodes.Status400BadRequest, wrong);
            return;
        }

        var outcome = state.Steering.Put(order!, router);
        await (outcome switch
        {
            SteeringBoard.Outcome.Stale => Refusals.ProblemAsync(context, StatusCodes.Status409Conflict, FormattableString.Invariant(
                $"There has been a newer plan: fence {state.Steering.Newest.Fence}, number {state.Steering.Newest.Number}.")),
            SteeringBoard.Outcome.LeavesNone => Refusals.ProblemAsync(context, StatusCodes.Status422UnprocessableEntity,
                "drained: this would leave no healthy origin that is not drained."),
            _ => GetAsync(context, state),
        });
    }

    private static Task GetAsync(HttpContext context, RouterState state)
    {
        if (state.Steering.Now(state.Current) is not { } now)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        var order = now.Order;
        return context.Response.WriteAsJsonAsync(
            new { order.Fence, order.Number, seconds = Math.Round(now.Left.TotalSeconds, 1), order.Places, order.Drained, now.Suspended }, context.RequestAborted);
    }

    private static Task PlacesAsync(HttpContext context, RouterState state) =>
        context.Response.WriteAsJsonAsync(
            state.Traffic.Places.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new
            {
                place = p.Key,
                origins = p.Value.Where(o => o.Value.Requests > 0).ToDictionary(o => o.Key, o => o.Value.Requests),
            }),
            context.RequestAborted);
}
