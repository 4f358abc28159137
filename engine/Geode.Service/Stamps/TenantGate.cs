using Geode.Runtime.Tenants;
using Geode.Service.Backplane;
using Geode.Service.Stamps.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Geode.Service.Stamps;

/// <summary>Lets in requests for tenants that are here. For a tenant of another stamp it answers 421 (RFC 9110 section 15.5.20) and names that stamp, or
/// has that stamp answer where it is told a way to it; for one that is just moving it waits until it is decided who answers.</summary>
internal sealed partial class TenantGate(
    StampPlace place, Charters charters, TenantPlacing placing, StampMember member, StampForwarder forwarder, IProblemDetailsService problems, TimeProvider clock, ILogger<TenantGate> logger)
{
    // As long as most clients wait; who waits longer is told to come again.
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SureLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CutAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static void Use(WebApplication app)
    {
        var gate = app.Services.GetRequiredService<TenantGate>();
        app.Use(gate.HandleAsync);
    }

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (TenantReading.Of(request, place.Tenants) is not { } tenant)
        {
            await next(context);
            return;
        }

        if (!TenantName.IsLegal(tenant))
        {
            await TenantReading.RefuseAsync(context, problems, StatusCodes.Status400BadRequest, TenantReading.IsNone(tenant));
            return;
        }

        // Through a socket anything may be written.
        var writes = context.WebSockets.IsWebSocketRequest || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
        await (await DecideAsync(tenant, writes, context.RequestAborted) switch
        {
            { Stamp: { } stamp } when !place.IsOwn(stamp) => ElsewhereAsync(context, tenant, stamp),
            { Door: { } door, Gaps: var gaps } => ServeAsync(context, next, tenant, door, gaps, writes),
            { IsNowhere: true } => NowhereAsync(context, next, tenant),
            _ => LaterAsync(context, tenant),
        });
    }

    // Until it is known who answers, or for as long as anybody would wait.
    private async Task<Decision> DecideAsync(string tenant, bool writes, CancellationToken cancellation)
    {
        try
        {
            return await DecideInTimeAsync(tenant, writes, cancellation);
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !cancellation.IsCancellationRequested)
        {
            Unknown(logger, tenant, e.Message);
            return default;
        }
    }

    private async Task<Decision> DecideInTimeAsync(string tenant, bool writes, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var door = charters.Of(tenant);
            var (changed, gaps) = (door.Changed, member.Gaps);
            if (!member.IsSure)
            {
                if (clock.GetElapsedTime(start) > SureLimit)
                    return default;
                await Task.Delay(Look, clock, cancellation);
                continue;
            }

            if (door.TryEnter(writes))
                return new(place.Own.Name, door) { Gaps = gaps };
            switch (door.Charter)
            {
                case { State: CharterStates.Left, To: { } elsewhere }:
                    return new(elsewhere);
                case { State: CharterStates.Arriving }:
                    // Only the directory knows at which moment it has arrived.
                    if (await placing.StampNowAsync(tenant, cancellation) is { } now && !place.IsOwn(now))
                        return new(now);
                    await Task.WhenAny(changed, Task.Delay(Look, clock, cancellation));
                    break;
                case { Holds: true }:
                    await Task.WhenAny(changed, Task.Delay(Look, clock, cancellation));
                    break;
                default:
                    var stamp = await placing.StampAsync(tenant, writes, cancellation);
                    if (stamp is null)
                        return new(IsNowhere: true);
                    if (!place.IsOwn(stamp))
                        return new(stamp);
                    break;
            }

            cancellation.ThrowIfCancellationRequested();
            if (clock.GetElapsedTime(start) > HoldLimit)
                return default;
        }
    }

    private async Task ServeAsync(HttpContext context, RequestDelegate next, string tenant, TenantDoor door, long gaps, bool writes)
    {
        context.Features.Set(new Tenant(tenant, IsPlaced: true));
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[TenantName.StampHeader] = place.Own.Name;
            if (forwarder.IsRouter && !StampForwarder.IsPassedOn(context.Request))
                StampCookie.Correct(context.Response, place.Own.Name, tenant, place.Tenants);
            // This process may have stood still while the tenant moved: what it has to say now may not be true any more.
            if (!member.IsSure || member.Gaps != gaps)
            {
                Late(logger, tenant);
                context.Abort();
            }

            return Task.CompletedTask;
        });
        using var over = new CancellationTokenSource();
        _ = CutWhenStoppedAsync(context, door, writes, over.Token);
        try
        {
            await next(context);
        }
        finally
        {
            await over.CancelAsync();
            door.Leave(writes);
            if (door.Charter?.Holds is true)
                member.Tell();
        }
    }

    // A stream that never ends would keep a tenant from moving; who reads it comes again, and is sent on.
    private async Task CutWhenStoppedAsync(HttpContext context, TenantDoor door, bool writes, CancellationToken over)
    {
        try
        {
            while (door.Changed is var changed && door.Charter?.Serves(writes) is true)
                await changed.WaitAsync(over);
            await Task.Delay(CutAfter, clock, over);
            context.Abort();
        }
        catch (OperationCanceledException)
        {
            // It is answered.
        }
    }

    // There is nothing to be read, which any geode can say.
    private static Task NowhereAsync(HttpContext context, RequestDelegate next, string tenant)
    {
        context.Features.Set(new Tenant(tenant, IsPlaced: false));
        return next(context);
    }

    private async Task ElsewhereAsync(HttpContext context, string tenant, string stamp)
    {
        if (forwarder.Takes(context.Request, stamp))
        {
            await forwarder.ForwardAsync(context, tenant, stamp);
            return;
        }

        context.Response.Headers[TenantName.StampHeader] = stamp;
        await TenantReading.RefuseAsync(context, problems, StatusCodes.Status421MisdirectedRequest, $"Tenant '{tenant}' is in stamp '{stamp}'; this is '{place.Own.Name}'.");
    }

    private async Task LaterAsync(HttpContext context, string tenant)
    {
        context.Response.Headers.RetryAfter = "1";
        await TenantReading.RefuseAsync(context, problems, StatusCodes.Status503ServiceUnavailable, $"It is not known yet which stamp has tenant '{tenant}', or it is just moving; try again.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory of tenants could not say which stamp has {Tenant}: {Reason}")]
    private static partial void Unknown(ILogger logger, string tenant, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer for tenant {Tenant} came too late to be sure of it, and is not given")]
    private static partial void Late(ILogger logger, string tenant);

    /// <param name="Stamp">Of the tenant.</param>
    /// <param name="Door">By which the request came in.</param>
    /// <param name="IsNowhere">Nobody has the tenant.</param>
    private readonly record struct Decision(string? Stamp = null, TenantDoor? Door = null, bool IsNowhere = false)
    {
        /// <summary>Of the member, before it was let in.</summary>
        public long Gaps { get; init; }
    }
}
