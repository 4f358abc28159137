using Microsoft.AspNetCore.Connections.Features;

namespace Geode.Router.Wan;

/// <summary>Makes a laptop as wide as a planet: a request takes its way to the geode, and the answer its way back. The first
/// request on a client's connection also pays the round trip of setting the connection up.</summary>
internal sealed class WanEmulator(TimeProvider time)
{
    private static readonly object ConnectionIsSetUp = new();

    /// <summary>The delay this request is to have in all.</summary>
    public TimeSpan RoundTrip(HttpContext context, double oneWayMs)
    {
        var items = context.Features.Get<IConnectionItemsFeature>()?.Items;
        var first = items is not null && items.TryAdd(ConnectionIsSetUp, true);
        return TimeSpan.FromMilliseconds(oneWayMs * (first ? 4 : 2));
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker client, HttpRequestMessage request, TimeSpan roundTrip, CancellationToken cancel)
    {
        // All of it but the way back comes before: the geode must not see the request earlier than it would.
        await Task.Delay(roundTrip / 2, time, cancel);
        var response = await client.SendAsync(request, cancel);
        await Task.Delay(roundTrip / 2, time, cancel);
        return response;
    }
}
