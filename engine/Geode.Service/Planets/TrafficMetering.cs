namespace Geode.Service.Planets;

/// <summary>Times every request for the service itself; looking at the planet is not what it is there for.</summary>
internal static class TrafficMetering
{
    public static void Use(WebApplication app)
    {
        var traffic = app.Services.GetRequiredService<TrafficMeter>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        app.UseWhen(context => IsService(context.Request.Path), measured => measured.Use(async (context, next) =>
        {
            var start = clock.GetTimestamp();
            traffic.Started();
            try
            {
                await next(context);
            }
            finally
            {
                traffic.Ended(clock.GetElapsedTime(start), context.Response.StatusCode >= StatusCodes.Status500InternalServerError);
            }
        }));
    }

    private static bool IsService(PathString path) => path.StartsWithSegments("/api") && !path.StartsWithSegments("/api/planet");
}
