using Geode.Router.Edge;
using Geode.Router.Limits;
using Geode.Router.Origins;

namespace Geode.Router.Admin;

/// <summary>What operators can ask and do.</summary>
internal static class AdminEndpoints
{
    public static void MapAdmin(this IEndpointRouteBuilder app, RouterState state, EdgeCache cache, RouterReload reload)
    {
        app.MapGet("/_router/origins", (HttpContext context) => OriginsAsync(context, state));
        app.MapPost("/_router/origins/{name}/drain", (HttpContext context) => ChangeAsync(context, state, static o => o.DrainedByPerson = true));
        app.MapPost("/_router/origins/{name}/undrain", (HttpContext context) => ChangeAsync(context, state, o => Undrain(o, state)));
        app.MapPost("/_router/purge", (HttpContext context) => PurgeAsync(context, cache));
        app.MapPost("/_router/reload", (HttpContext context) => ReloadAsync(context, state, reload));
        app.MapInstances(state);
        app.MapSteering(state);
        app.MapPut("/_router/origins/{name}/weight", (HttpContext context) => WeightAsync(context, state));
    }

    private static Task OriginsAsync(HttpContext context, RouterState state) =>
        context.Response.WriteAsJsonAsync(
            state.Current.Origins.Select((o, i) => OriginReport.Of(o, state, i)).ToArray(), context.RequestAborted);

    /// <summary>Its own word and the plan's: a person's undrain is about both.</summary>
    private static void Undrain(Origin origin, RouterState state)
    {
        origin.DrainedByPerson = false;
        state.Steering.Undrained(origin, state.Current);
    }

    /// <summary>Changes the origin that the path names, and shows it.</summary>
    public static Task ChangeAsync(HttpContext context, RouterState state, Action<Origin> change)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (state.Find(name) is not { } origin)
        {
            return Refusals.ProblemAsync(context, StatusCodes.Status404NotFound,
                $"Unknown origin '{name}'. Known: {string.Join(", ", state.Current.Origins.Select(o => o.Name))}.");
        }

        change(origin);
        return context.Response.WriteAsJsonAsync(
            OriginReport.Of(origin, state, Array.IndexOf(state.Current.Origins, origin)), context.RequestAborted);
    }

    /// <summary>The body is the number, or <c>?value=</c>.</summary>
    private static async Task WeightAsync(HttpContext context, RouterState state)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = context.Request.Query["value"].ToString() is { Length: > 0 } value ? value : await reader.ReadToEndAsync(context.RequestAborted);
        if (!int.TryParse(text, out var weight) || weight is < 1 or > 1000)
        {
            await Refusals.ProblemAsync(context, StatusCodes.Status400BadRequest, $"'{text}' is no weight. Use a whole number from 1 to 1000.");
            return;
        }

        await ChangeAsync(context, state, o => o.Weight = weight);
    }

    /// <summary><c>?tag=a</c>, or everything.</summary>
    private static Task PurgeAsync(HttpContext context, EdgeCache cache)
    {
        var tags = context.Request.Query["tag"];
        if (tags.Count == 0)
            cache.Store.PurgeAll(cache.Now);
        foreach (var tag in tags)
            cache.Store.Purge(tag!, cache.Now);
        return context.Response.WriteAsJsonAsync(
            new { purged = tags.Count == 0 ? ["*"] : tags.ToArray(), cache.Store.Count, cache.Store.Bytes }, context.RequestAborted);
    }

    private static Task ReloadAsync(HttpContext context, RouterState state, RouterReload reload) =>
        reload.ReadAgain() is { } wrong
            ? Refusals.ProblemAsync(context, StatusCodes.Status422UnprocessableEntity, wrong)
            : OriginsAsync(context, state);
}
