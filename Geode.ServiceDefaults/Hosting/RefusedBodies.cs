using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Geode.ServiceDefaults.Hosting;

/// <summary>Lets a client that sends too large a body hear the answer. A connection closed while its client still sends is
/// reset, and a reset takes away the answer that was on its way (RFC 9112, 9.6): a router in between would tell a fault of ours,
/// 502, instead of the client's, 413. So the rest of the body is read and forgotten, for 5 seconds at most, the time that Kestrel gives
/// to other bodies that nobody has read.</summary>
internal sealed class RefusedBodies : IStartupFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(HearOutAsync);
        next(app);
    };

    // One of unknown length is read up to the limit, and the server reads it no further.
    public static Task HearOutAsync(HttpContext context, RequestDelegate next) =>
        context.Request.ContentLength is { } length && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { } limit && length > limit.MaxRequestBodySize
            ? HearOutAsync(context, next, limit)
            : next(context);

    private static async Task HearOutAsync(HttpContext context, RequestDelegate next, IHttpMaxRequestBodySizeFeature limit)
    {
        await next(context);
        if (limit.IsReadOnly)
            return;
        await context.Response.CompleteAsync();
        limit.MaxRequestBodySize = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It has gone, or sends for too long or too slowly: it has been answered, and the connection ends.
        }
    }
}
