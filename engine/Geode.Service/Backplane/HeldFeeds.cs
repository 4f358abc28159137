using System.Net.Http.Headers;

namespace Geode.Service.Backplane;

/// <summary>Asks the local backplane to hold back the answer that a change feed has nothing new: changes come at once, and an idle
/// planet is quiet. Only for clients that do not hedge: a held answer is no slow one.</summary>
/// <remarks>Who wants to know how things stand rather than to follow them is not held up: the SDK's estimator, which asks for one item,
/// and whoever says so by <see cref="AtOnce"/>.</remarks>
internal sealed class HeldFeeds : DelegatingHandler
{
    /// <summary>A header for requests that are not to be held. Nobody else knows or minds it.</summary>
    public const string AtOnce = "x-geode-at-once";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers;
        if (headers.Contains("A-IM") && !headers.Contains(AtOnce) && !IsEstimate(headers))
            headers.Add("Prefer", "wait=2");
        return base.SendAsync(request, cancellationToken);
    }

    private static bool IsEstimate(HttpRequestHeaders headers) =>
        headers.TryGetValues("x-ms-max-item-count", out var counts) && counts.FirstOrDefault() == "1";
}
