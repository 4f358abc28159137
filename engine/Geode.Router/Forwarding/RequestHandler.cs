using Geode.Router.Edge;
using Geode.Router.Health;
using Geode.Router.Limits;
using Geode.Router.Streams;
using Geode.Router.Telemetry;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Router.Forwarding;

/// <summary>The end of the pipeline: every request that gets here is for the geodes, or for the cache of what they said.</summary>
internal sealed class RequestHandler(RouterState state, IHttpForwarder forwarder, EdgeCache cache, ClientRates rates, Refusals refusals)
{
    /// <summary>Seconds; about the time in which an origin is found to be well again.</summary>
    private const int RetryAfter = 1;

    public Task HandleAsync(HttpContext context)
    {
        if (state.Limits.Value.RequestsPerSecond > 0
            && rates.Take(state.Current.Trusted.ClientAddress(context)) is var wait and > 0)
            return refusals.WriteAsync(context, StatusCodes.Status429TooManyRequests, "This client sends too many requests.", wait);
        if (Smuggling.Suspects(context.Request) is { } wrong)
            return refusals.WriteAsync(context, wrong.Status, wrong.Why, close: true);
        if (OwnMethods.Answer(context, refusals) is { } answered)
            return answered;
        return cache.Concerns(context) ? cache.HandleAsync(context, CacheKey.Of(context, state.Current.Tenants), this) : ForwardAsync(context, null);
    }

    /// <summary>Sends a request to an origin and its answer to the client.</summary>
    /// <param name="turn">Null: the cache has nothing to do with it.</param>
    public async Task ForwardAsync(HttpContext context, CacheTurn? turn)
    {
        var router = state.Current;
        Exchange exchange;
        string? destination;
        try
        {
            var place = router.Clients.Locate(context);
            exchange = new Exchange(router, context, place);
            if (exchange.MustWake)
                await exchange.WakeAsync();
            RequestTags.Set(exchange, place);
            await exchange.PrepareAsync();
            // A geode may have fallen asleep while the client sent its body.
            while ((destination = exchange.Destination()) is null && exchange.MustWake)
                await exchange.WakeAsync();
        }
        catch (BadHttpRequestException error)
        {
            if (!context.RequestAborted.IsCancellationRequested)
                await refusals.WriteAsync(context, error.StatusCode, error.Message);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // It waited for a geode to wake, and has left.
            return;
        }

        if (destination is null)
        {
            if (turn?.ServeKeptOnError() != true)
                await refusals.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "No geode can take this request now.", RetryAfter);
            return;
        }

        router.RetryBudget.Request();
        router.HedgeBudget.Request();
        WebSocketUpgrade.Watch(context, exchange, router);
        var result = ForwarderError.Request;
        try
        {
            result = await forwarder.SendAsync(
                context, destination, exchange, router.Forwarding, new ExchangeTransformer(exchange, router, cache, turn));
            if (result is ForwarderError.RequestCreation && context.GetForwarderErrorFeature()?.Exception is BadHttpRequestException bad && !context.Response.HasStarted)
                await refusals.WriteAsync(context, bad.StatusCode, bad.Message, close: true);
            else if (result is ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestBodyDestination && !context.Response.HasStarted && turn?.ServeKeptOnError() != true)
                await ExplainAsync(context, result);
        }
        finally
        {
            exchange.Complete();
            turn?.Finish(context, result == ForwarderError.None);
        }
    }

    private Task ExplainAsync(HttpContext context, ForwarderError error)
    {
        if (error == ForwarderError.RequestTimedOut)
            return refusals.WriteAsync(context, StatusCodes.Status504GatewayTimeout, "No geode answered in time.");
        var cause = context.GetForwarderErrorFeature()?.Exception;
        return cause is not null && TryFailureOf.Exception(cause) == TryFailure.Unreached
            ? refusals.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "No geode can be reached now.", RetryAfter)
            : refusals.WriteAsync(context, StatusCodes.Status502BadGateway,
                $"The geode did not answer: {(cause is null ? "for no known reason" : FailureText.Of(cause))}.");
    }
}
