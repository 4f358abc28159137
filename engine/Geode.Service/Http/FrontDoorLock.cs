using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Options;

namespace Geode.Service.Http;

/// <summary>Lets in only what came through one Front Door profile. Anyone can make a Front Door that points here; only ours
/// sends our profile's id in <c>X-Azure-FDID</c>.</summary>
/// <remarks>A startup filter and not a middleware of the pipeline: health endpoints end in routing, which comes before those.</remarks>
internal sealed class FrontDoorLock(Guid profile) : IStartupFilter
{
    public const string Header = "X-Azure-FDID";

    /// <summary>Where the id comes from: <c>Geode__FrontDoorId</c> in the environment.</summary>
    public const string Setting = "Geode:FrontDoorId";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, pipeline) => Admits(context.Request) ? pipeline(context) : Refuse(context.Response));
        next(app);
    };

    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[Setting] is not { } id)
            return;
        if (!Guid.TryParse(id, out var profile) || profile == Guid.Empty)
        {
            throw new OptionsValidationException(
                Setting,
                typeof(FrontDoorLock),
                [$"Geode__FrontDoorId is '{id}'; allowed is the id of a Front Door profile (a GUID), or leave it unset for no lock."]);
        }

        services.AddSingleton<IStartupFilter>(new FrontDoorLock(profile));
    }

    private bool Admits(HttpRequest request) =>
        request.Headers[Header] is [{ } value] && Guid.TryParse(value, out var id) && id == profile;

    private static Task Refuse(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status403Forbidden;
        response.Headers.CacheControl = "no-store";
        return response.WriteAsJsonAsync(
            new { title = "This geode answers only what comes through its Front Door.", status = response.StatusCode },
            options: null,
            contentType: "application/problem+json");
    }
}
