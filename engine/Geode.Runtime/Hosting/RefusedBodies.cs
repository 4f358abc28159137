using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Geode.Runtime.Hosting;

/// <summary>Lets a client that sends too large a body hear the answer. A connection closed while its client still sends is
/// reset, and a reset takes away the answer that was on its way (RFC 9112, 9.6): a router in between would tell a fault of ours,
/// 502, instead of the client's, 413. So the rest of the body is read and forgotten, for 5 seconds at most, the time that Kestrel gives
/// to other bodies that nobody has read.</summary>
public sealed class RefusedBodies : IStartupFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(HearOutAsync);
        next(app);
    };

    public static Task HearOutAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false, MaxRequestBodySize: { } most } limit)
            return next(context);
        if (context.Request.ContentLength is { } length)
            return length > most ? HearKnownAsync(context, next, limit) : next(context);
        return context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true ? HearUnknownAsync(context, next, limit, most) : next(context);
    }

    // The server refuses it as soon as somebody reads.
    private static async Task HearKnownAsync(HttpContext context, RequestDelegate next, IHttpMaxRequestBodySizeFeature limit)
    {
        await next(context);
        if (limit.IsReadOnly)
            return;
        limit.MaxRequestBodySize = null;
        await ForgetRestAsync(context, context.Request.Body);
    }

    // The server would refuse it in the middle, and read no further whatever one does: so it is counted here instead.
    private static async Task HearUnknownAsync(HttpContext context, RequestDelegate next, IHttpMaxRequestBodySizeFeature limit, long most)
    {
        limit.MaxRequestBodySize = null;
        var all = context.Request.Body;
        var counted = new CountedBody(all, most);
        context.Request.Body = counted;
        await next(context);
        if (counted.IsTooLarge)
            await ForgetRestAsync(context, all);
    }

    private static async Task ForgetRestAsync(HttpContext context, Stream body)
    {
        await context.Response.CompleteAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            await body.CopyToAsync(Stream.Null, patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It has gone, or sends for too long or too slowly: it has been answered, and the connection ends.
        }
    }
}
