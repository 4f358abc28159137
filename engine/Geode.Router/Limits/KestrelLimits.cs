using Geode.Router.Configuration;
using Geode.Runtime.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Router.Limits;

/// <summary>What the server refuses before a request exists: too much, or too slowly.</summary>
internal static class KestrelLimits
{
    public static void Apply(KestrelServerOptions kestrel, LimitOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.UseStrictHttp();
        StrictFields.Apply(kestrel);
        var limits = kestrel.Limits;
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.MaxRequestLineSize = Math.Min(limits.MaxRequestLineSize, options.MaxHeaderBytes);
        limits.MaxRequestHeaderCount = options.MaxHeaders;
        limits.MaxRequestBodySize = options.MaxBodyBytes;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(options.HeadersTimeoutMs);
        limits.MinRequestBodyDataRate = options.MinBodyBytesPerSecond > 0
            ? new MinDataRate(options.MinBodyBytesPerSecond, TimeSpan.FromMilliseconds(options.BodyGraceMs))
            : null;
        limits.Http2.MaxRequestHeaderFieldSize = Math.Min(limits.Http2.MaxRequestHeaderFieldSize, options.MaxHeaderBytes);
    }
}
