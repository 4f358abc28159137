using Geode.Router.Forwarding;
using Geode.Router.Origins;

namespace Geode.Router.Admin;

/// <summary>What operators can ask and do.</summary>
internal static class AdminEndpoints
{
    public static void MapAdmin(this IEndpointRouteBuilder app, RouterState state)
    {
        app.MapGet("/_router/origins", (HttpContext context) => OriginsAsync(context, state));
        app.MapPost("/_router/origins/{name}/drain", (HttpContext context) => ChangeAsync(context, state, static o => o.Draining = true));
        app.MapPost("/_router/origins/{name}/undrain", (HttpContext context) => ChangeAsync(context, state, static o => o.Draining = false));
        app.MapPut("/_router/origins/{name}/weight", (HttpContext context) => WeightAsync(context, state));
    }

    private static Task OriginsAsync(HttpContext context, RouterState state) =>
        context.Response.WriteAsJsonAsync(
            state.Current.Origins.Select((o, i) => OriginReport.Of(o, state.Current, i)).ToArray(), context.RequestAborted);

    private static Task ChangeAsync(HttpContext context, RouterState state, Action<Origin> change)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (state.Find(name) is not { } origin)
        {
            return Refusal.WriteAsync(context, StatusCodes.Status404NotFound,
                $"Unknown origin '{name}'. Known: {string.Join(", ", state.Current.Origins.Select(o => o.Name))}.");
        }

        change(origin);
        return context.Response.WriteAsJsonAsync(
            OriginReport.Of(origin, state.Current, Array.IndexOf(state.Current.Origins, origin)), context.RequestAborted);
    }

    /// <summary>The body is the number, or <c>?value=</c>.</summary>
    private static async Task WeightAsync(HttpContext context, RouterState state)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = context.Request.Query["value"].ToString() is { Length: > 0 } value ? value : await reader.ReadToEndAsync(context.RequestAborted);
        if (!int.TryParse(text, out var weight) || weight is < 1 or > 1000)
        {
            await Refusal.WriteAsync(context, StatusCodes.Status400BadRequest, $"'{text}' is no weight. Use a whole number from 1 to 1000.");
            return;
        }

        await ChangeAsync(context, state, o => o.Weight = weight);
    }
}
