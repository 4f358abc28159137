using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Geode.Router.Tests.Support;

/// <summary>A real origin on a free port, which does what a test says and counts what it is asked.</summary>
internal sealed class TestOrigin : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile RequestDelegate _handler;
    private int _requests;

    private TestOrigin(string name, int port, HttpProtocols protocols)
    {
        Name = name;
        _handler = context => context.Response.WriteAsync(name);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Protocols = protocols));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(HandleAsync);
    }

    public string Name { get; }

    public int Port => Address.Port;

    public Uri Address => new(_app.Urls.First());

    public bool Healthy { get; set; } = true;

    /// <summary>How long it takes to say whether it is well.</summary>
    public TimeSpan ProbeTakes { get; set; }

    /// <summary>Without probes.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Method, path and query of each request, without probes.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    public static async Task<TestOrigin> StartAsync(
        string name, RequestDelegate? handler = null, int port = 0, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var origin = new TestOrigin(name, port, protocols);
        if (handler is not null)
            origin._handler = handler;
        await origin._app.StartAsync();
        return origin;
    }

    public void Does(RequestDelegate handler) => _handler = handler;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/health/ready")
        {
            context.Response.StatusCode = Healthy ? 200 : 503;
            return Task.Delay(ProbeTakes, context.RequestAborted);
        }

        Interlocked.Increment(ref _requests);
        Seen.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        return _handler(context);
    }
}
