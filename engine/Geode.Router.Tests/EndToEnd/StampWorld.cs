using System.Collections.Concurrent;
using System.Net;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Two stamps behind one router: <c>a</c> and <c>b</c> are <c>eu</c>, <c>c</c> is <c>us</c>; who is asked first is a, then b, then c. They answer for their own
/// stamp's tenants and name the other stamp for others.</summary>
internal sealed class StampWorld : IAsyncDisposable
{
    private StampWorld(TestOrigin[] origins) => (A, B, C) = (origins[0], origins[1], origins[2]);

    public TestOrigin A { get; }

    public TestOrigin B { get; }

    public TestOrigin C { get; }

    public TestRouter Router { get; private set; } = null!;

    /// <summary>The router's clock: it stands still, so that nobody is asked only because another takes long, and nothing is forgotten.</summary>
    public ManualTime Time { get; } = new();

    /// <summary>The stamp of each tenant; one that is not here is nobody's.</summary>
    public ConcurrentDictionary<string, string> Directory { get; } = new();

    /// <summary>What has been done: which geode, for which tenant, and what was sent.</summary>
    public ConcurrentQueue<string> Done { get; } = new();

    public static Task<StampWorld> StartAsync(params string[] settings) => StartAsync(clockRuns: false, settings);

    public static async Task<StampWorld> StartAsync(bool clockRuns, params string[] settings)
    {
        var world = new StampWorld(await Task.WhenAll(new[] { "a", "b", "c" }.Select(name => TestOrigin.StartAsync(name))));
        world.A.Does(world.AnswerAsync("a", "eu"));
        world.B.Does(world.AnswerAsync("b", "eu"));
        world.C.Does(world.AnswerAsync("c", "us"));
        world.Router = await TestRouter.RunAsync([.. Origins(world), .. settings], builder =>
        {
            if (!clockRuns)
                builder.Services.AddSingleton<TimeProvider>(world.Time);
        });
        return world;
    }

    public RequestDelegate AnswerAsync(string name, string stamp) => async context =>
    {
        var tenant = context.Request.Headers["X-Tenant"].ToString();
        if (tenant.Length > 0 && Directory.TryGetValue(tenant, out var home))
        {
            context.Response.Headers["X-Geode-Stamp"] = home;
            if (home != stamp)
            {
                context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                return;
            }
        }

        using var reader = new StreamReader(context.Request.Body);
        Done.Enqueue($"{name} {tenant} {context.Request.Method} {await reader.ReadToEndAsync()}");
        await context.Response.WriteAsync($"{name} for {tenant}");
    };

    public Task<HttpResponseMessage> SendAsync(string? tenant, string path = "/", HttpMethod? method = null, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Content = content };
        if (tenant is not null)
            request.Headers.Add("X-Tenant", tenant);
        return Router.Client.SendAsync(request);
    }

    /// <summary>Sends it, and says who has answered how and at which try.</summary>
    public async Task<(HttpStatusCode Status, string ServedBy, string Tries)> AskAsync(string? tenant, HttpMethod? method = null, HttpContent? content = null)
    {
        using var answer = await SendAsync(tenant, method: method, content: content);
        return (answer.StatusCode, answer.ServedBy(), answer.Attempts());
    }

    public async ValueTask DisposeAsync()
    {
        await Router.DisposeAsync();
        foreach (var origin in new[] { A, B, C })
            await origin.DisposeAsync();
    }

    private static IEnumerable<string> Origins(StampWorld world)
    {
        foreach (var (i, origin) in new[] { world.A, world.B, world.C }.Index())
        {
            yield return $"Origins:{origin.Name}:Url={origin.Address.GetLeftPart(UriPartial.Authority)}";
            yield return $"Origins:{origin.Name}:Priority={i + 1}";
            yield return $"Origins:{origin.Name}:Stamp={(i < 2 ? "eu" : "us")}";
        }
    }
}
