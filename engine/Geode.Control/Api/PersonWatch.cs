using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>After a person has said how many instances a geode is to have, or whether it gets traffic, the steward holds still for a while: it
/// must not turn round at once what somebody has just done. Faults are no such word: it is there to deal with them.</summary>
internal static class PersonWatch
{
    private static readonly IReadOnlyDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["PUT /planet/regions/{region}/instances"] = "a person set the instances of {0}",
        ["POST /planet/regions/{region}/drain"] = "a person drained {0}",
        ["POST /planet/regions/{region}/undrain"] = "a person gave {0} its traffic again",
    };

    public static async Task TellAsync(RunningPlanet planet, HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode >= StatusCodes.Status300MultipleChoices || Said(context) is not { } why)
            return;
        try
        {
            await planet.Steward.TellAsync("/hold?why=" + Uri.EscapeDataString(why), context.RequestAborted);
        }
        catch (ControlException e)
        {
            planet.Timeline.Add("steward", null, null, "failed", $"The steward could not be told to hold still: {e.Message}");
        }
    }

    private static string? Said(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint && Words.TryGetValue($"{context.Request.Method} {endpoint.RoutePattern.RawText}", out var words)
            ? string.Format(null, words, context.GetRouteValue("region"))
            : null;
}
