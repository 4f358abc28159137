using Geode.Router.Configuration;
using Geode.Router.Limits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Geode.Router.Listening;

/// <summary>Kestrel that also speaks HTTP/2 without TLS on the ports on which it speaks HTTP/1.1. By itself it takes every connection without TLS
/// for HTTP/1.1, since nothing has been agreed on; but a client that wants HTTP/2 says so with its first bytes. Such connections are handed over to a second
/// Kestrel, which listens nowhere and serves the same application.</summary>
internal sealed class BothVersionsServer(IServer kestrel, HandedOver handedOver, RouterSetup setup, IServiceProvider services, ILoggerFactory loggers) : IServer
{
    private readonly KestrelServer _http2 = new(Options.Create(OptionsFor(setup, services)), handedOver, loggers);

    public IFeatureCollection Features => kestrel.Features;

    /// <summary>Puts it in the place of Kestrel, which it goes on using.</summary>
    public static void Wrap(WebApplicationBuilder builder)
    {
        var handedOver = new HandedOver();
        builder.Services.AddSingleton(handedOver);
        builder.WebHost.ConfigureKestrel(options => options.ConfigureEndpointDefaults(listen => listen.Use(next => connection =>
            listen.Protocols.HasFlag(HttpProtocols.Http1AndHttp2) ? RouteAsync(connection, next, options.Limits, handedOver) : next(connection))));
        var kestrel = builder.Services.Last(service => service.ServiceType == typeof(IServer));
        builder.Services.Remove(kestrel);
        builder.Services.AddSingleton<IServer>(services => ActivatorUtilities.CreateInstance<BothVersionsServer>(
            services, ActivatorUtilities.CreateInstance(services, kestrel.ImplementationType!)));
    }

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        // First the one that depends on nobody.
        await _http2.StartAsync(application, cancellationToken);
        await kestrel.StartAsync(application, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        // Together: the connections of one are those of the other.
        Task.WhenAll(kestrel.StopAsync(cancellationToken), _http2.StopAsync(cancellationToken));

    public void Dispose()
    {
        kestrel.Dispose();
        _http2.Dispose();
    }

    private static async Task RouteAsync(ConnectionContext connection, ConnectionDelegate http1, KestrelServerLimits limits, HandedOver handedOver)
    {
        bool isHttp2;
        try
        {
            isHttp2 = await Http2Preface.IsNextAsync(connection.Transport.Input, limits.KeepAliveTimeout, limits.RequestHeadersTimeout);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // It said nothing for too long, or left.
            return;
        }

        await (isHttp2 ? handedOver.ServeAsync(connection) : http1(connection));
    }

    private static KestrelServerOptions OptionsFor(RouterSetup setup, IServiceProvider services)
    {
        var options = new KestrelServerOptions { ApplicationServices = services };
        KestrelLimits.Apply(options, setup.Options.Limits);
        options.Listen(HandedOver.Nowhere, listen => listen.Protocols = HttpProtocols.Http2);
        return options;
    }
}
