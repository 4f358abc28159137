using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>The edge cache in front of a real origin, on a clock the test moves; the origin answers what the test says.</summary>
public abstract class CacheTestBase : IAsyncLifetime
{
    private protected ManualTime Time { get; } = new();

    private protected TestOrigin Origin { get; private set; } = null!;

    private protected TestRouter Router { get; private set; } = null!;

    protected string CacheControl { get; set; } = "public, s-maxage=60";

    protected string Body { get; set; } = "one";

    protected int Status { get; set; } = 200;

    protected string? Tag { get; set; }

    protected string? Vary { get; set; }

    public async Task InitializeAsync()
    {
        Origin = await TestOrigin.StartAsync("a", AnswerAsync);
        Router = await TestRouter.StartAsync(
            [Origin.Address],
            builder => builder.Services.AddSingleton(provider => new Geode.Router.Edge.EdgeCache(
                new Geode.Router.Configuration.Live<Geode.Router.Configuration.CacheOptions>(new() { MaxBodyBytes = 10_000 }),
                Time,
                provider.GetRequiredService<Geode.Router.Telemetry.RouterMetrics>(),
                provider.GetRequiredService<Microsoft.Extensions.Logging.ILogger<Geode.Router.Edge.EdgeCache>>())));
    }

    public async Task DisposeAsync()
    {
        await Router.DisposeAsync();
        await Origin.DisposeAsync();
    }

    protected async Task<(string? Cache, string Body)> GetAsync(string path = "/", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await Router.Client.SendAsync(request);
        return (answer.XCache(), await answer.Content.ReadAsStringAsync());
    }

    protected Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = CacheControl;
        if (Tag is not null)
            context.Response.Headers["Cache-Tag"] = Tag;
        if (Vary is not null)
            context.Response.Headers.Vary = Vary;
        return context.Response.WriteAsync(Body);
    }
}
