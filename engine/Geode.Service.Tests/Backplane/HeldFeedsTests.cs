using Geode.Service.Backplane;

namespace Geode.Service.Tests.Backplane;

public sealed class HeldFeedsTests
{
    [Fact]
    public async Task Who_follows_a_feed_prefers_to_wait() =>
        Assert.Equal("wait=2", await PreferenceOfAsync(("A-IM", "Incremental Feed"), ("x-ms-max-item-count", "100")));

    [Fact]
    public async Task An_estimate_of_what_is_pending_is_wanted_at_once() =>
        Assert.Null(await PreferenceOfAsync(("A-IM", "Incremental Feed"), ("x-ms-max-item-count", "1")));

    [Fact]
    public async Task Who_says_so_is_not_held() =>
        Assert.Null(await PreferenceOfAsync(("A-IM", "Incremental Feed"), (HeldFeeds.AtOnce, "true")));

    [Fact]
    public async Task Other_requests_stay_as_they_are() =>
        Assert.Null(await PreferenceOfAsync(("x-ms-max-item-count", "100")));

    private static async Task<string?> PreferenceOfAsync(params (string Name, string Value)[] headers)
    {
        string? sent = null;
        using var client = new HttpMessageInvoker(new HeldFeeds { InnerHandler = new Recorder(request => sent = request.Headers.TryGetValues("Prefer", out var values) ? string.Join(", ", values) : null) });
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://replica/docs");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var answer = await client.SendAsync(request, CancellationToken.None);
        return sent;
    }

    private sealed class Recorder(Action<HttpRequestMessage> record) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            record(request);
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
