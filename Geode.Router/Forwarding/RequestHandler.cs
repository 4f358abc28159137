using Geode.Router.Health;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Router.Forwarding;

/// <summary>The end of the pipeline: every request that gets here is for the geodes.</summary>
internal sealed class RequestHandler(RouterState state, IHttpForwarder forwarder)
{
    /// <summary>Seconds; about the time in which an origin is found to be well again.</summary>
    private const int RetryAfter = 1;

    public async Task HandleAsync(HttpContext context)
    {
        var router = state.Current;
        Exchange exchange;
        try
        {
            exchange = new Exchange(router, context, router.Distances.From(router.Clients.Locate(context)));
            await exchange.PrepareAsync();
        }
        catch (BadHttpRequestException error)
        {
            await Refusal.WriteAsync(context, error.StatusCode, error.Message);
            return;
        }

        if (exchange.First is not { } first)
        {
            await Refusal.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "No geode can take this request now.", RetryAfter);
            return;
        }

        router.RetryBudget.Request();
        router.HedgeBudget.Request();
        try
        {
            var error = await forwarder.SendAsync(
                context, first.Prefix, exchange, router.Forwarding, new ExchangeTransformer(exchange, router));
            if (error is ForwarderError.Request or ForwarderError.RequestTimedOut && !context.Response.HasStarted)
                await ExplainAsync(context, error);
        }
        finally
        {
            exchange.Complete();
        }
    }

    private static Task ExplainAsync(HttpContext context, ForwarderError error)
    {
        if (error == ForwarderError.RequestTimedOut)
            return Refusal.WriteAsync(context, StatusCodes.Status504GatewayTimeout, "No geode answered in time.");
        var cause = context.GetForwarderErrorFeature()?.Exception;
        return cause is not null && TryFailureOf.Exception(cause) == TryFailure.Unreached
            ? Refusal.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "No geode can be reached now.", RetryAfter)
            : Refusal.WriteAsync(context, StatusCodes.Status502BadGateway,
                $"The geode did not answer: {(cause is null ? "for no known reason" : FailureText.Of(cause))}.");
    }
}
