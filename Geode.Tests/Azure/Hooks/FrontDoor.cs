using System.Net;
using System.Text.Json;
using Geode.Service.Planets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Geode.Tests.Azure.Hooks;

/// <summary>A planet as it looks from outside: Front Door's own answers at first, then those of its geodes in turn.</summary>
/// <param name="before">Statuses of the first answers.</param>
internal sealed class FrontDoor(params int[] before) : IAsyncDisposable
{
    private WebApplication? _app;
    private int _asked;
    private int _views;

    public string Address => _app!.Urls.Single();

    /// <summary>What <c>/api/planet</c> says, each of them once and the last for good.</summary>
    public List<PlanetView> Views { get; } = [];

    /// <summary>What is said where the cookie names that stamp.</summary>
    public Dictionary<string, PlanetView> Stamps { get; } = [];

    /// <summary>A region as a geode sees it.</summary>
    public static RegionView Region(string name, double? silentForMs, double? lagMs = null, bool serves = true) =>
        new(name, name, 0, 0, 0, lagMs, silentForMs, serves ? new(0, 0, 0, 0, 0) : null, []);

    public static PlanetView View(string answeredBy, params RegionView[] regions) => new("geode", answeredBy, "1.0", DateTimeOffset.UnixEpoch, regions);

    public async Task<FrontDoor> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        return this;
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var asked = _asked++;
        if (asked < before.Length)
        {
            context.Response.StatusCode = before[asked];
            await context.Response.WriteAsync("<html>Our services aren't available right now</html>");
        }
        else if (context.Request.Path == "/health/ready")
        {
            await context.Response.WriteAsync("Healthy");
        }
        else if (context.Request.Path == "/api/planet")
        {
            var view = context.Request.Cookies["geode-stamp"] is { } stamp ? Stamps[stamp] : Views[Math.Min(_views++, Views.Count - 1)];
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.Headers["X-Geode-Region"] = view.AnsweredBy;
            await context.Response.WriteAsync(JsonSerializer.Serialize(view, JsonSerializerOptions.Web));
        }
    }
}
