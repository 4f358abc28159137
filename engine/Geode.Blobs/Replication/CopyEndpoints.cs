using System.Globalization;
using System.Net.Http.Headers;
using Geode.Blobs.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Geode.Blobs.Replication;

/// <summary>How a sender and a receiver talk. Where the copy is: <c>GET</c> says how far it is, <c>POST</c> takes a batch of changes and says so too, or 503
/// while the link is down. Where the original is: <c>POST</c> says that the copy has started, and how far it is has to be asked.</summary>
public static class CopyEndpoints
{
    private const string History = "X-Geode-History";
    private const string After = "X-Geode-After";
    private const string Time = "X-Geode-Time";

    /// <summary>Answers for a copy.</summary>
    public static async Task HandleAsync(HttpContext http, CopyReceiver receiver)
    {
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await http.Response.WriteAsJsonAsync(receiver.Account.Position, http.RequestAborted);
            return;
        }

        // Many blobs are much at a time, and come as slowly as their disk is.
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        try
        {
            var position = await receiver.ReceiveAsync(Read(http.Request.Headers), http.Request.Body, http.RequestAborted);
            if (position is null)
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else
                await http.Response.WriteAsJsonAsync(position, http.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(new { error = $"Not a batch of changes: {e.Message}" }, http.RequestAborted);
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && http.RequestAborted.IsCancellationRequested))
        {
            // The sender broke off; it will send all of it again.
            http.Abort();
        }
    }

    internal static void Write(HttpRequestHeaders headers, BatchHeading heading)
    {
        headers.Add(History, heading.History);
        headers.Add(After, heading.After.ToString(CultureInfo.InvariantCulture));
        headers.Add(Time, heading.Time.UtcTicks.ToString(CultureInfo.InvariantCulture));
    }

    private static BatchHeading Read(IHeaderDictionary headers) =>
        headers[History] is [{ Length: > 0 } history] && Number(headers[After]) is { } after && Number(headers[Time]) is { } ticks and <= 3155378975999999999
            ? new(history, after, new DateTimeOffset(ticks, TimeSpan.Zero))
            : throw new InvalidDataException($"it needs {History}, {After} and {Time}.");

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
