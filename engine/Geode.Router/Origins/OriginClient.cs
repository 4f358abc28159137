using System.Diagnostics;
using System.Net;
using System.Text;
using Geode.Router.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Router.Origins;

/// <summary>The pooled connections to one origin, set up so that nothing is changed on the way.</summary>
internal static class OriginClient
{
    public static HttpMessageInvoker Create(TryOptions options) => new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
            // As the server reads them, so that they arrive as they came; else a letter with an accent would be an error here.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ConnectTimeout = TimeSpan.FromMilliseconds(options.ConnectTimeoutMs),
            // Shorter than the servers' own idle limits, so that a request is not sent on a connection about to be closed.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        },
        disposeHandler: true);
}
