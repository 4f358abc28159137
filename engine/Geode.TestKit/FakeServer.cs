using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Geode.TestKit;

/// <summary>Answers every request with one status and body, and remembers what it was asked.</summary>
public sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public string Body { get; set; } = "";

    /// <summary><c>METHOD /path body</c>, in the order of arrival.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<FakeServer> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        var server = new FakeServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path} {body}".TrimEnd());
        context.Response.StatusCode = (int)Status;
        await context.Response.WriteAsync(Body);
    }
}
