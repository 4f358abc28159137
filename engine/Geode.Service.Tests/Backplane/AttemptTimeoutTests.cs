using System.Net;
using Geode.Service.Backplane;
using Geode.TestKit;

namespace Geode.Service.Tests.Backplane;

public sealed class AttemptTimeoutTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task An_endpoint_that_never_answers_becomes_one_that_refuses()
    {
        using var endpoint = new Endpoint(_ => new TaskCompletionSource<HttpResponseMessage>().Task);
        using var client = Client(endpoint);

        var pending = client.GetAsync("/doc");
        await endpoint.Asked;
        _time.Advance(TimeSpan.FromSeconds(2));

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => pending);
        Assert.IsType<TimeoutException>(error.InnerException);
        // The next one fails over without waiting.
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/doc"));
        Assert.Equal(1, endpoint.Requests);
    }

    [Fact]
    public async Task A_body_that_never_comes_counts_as_no_answer()
    {
        using var endpoint = new Endpoint(_ => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new Silence()) }));
        using var client = Client(endpoint);

        var pending = client.GetAsync("/doc", HttpCompletionOption.ResponseHeadersRead);
        await endpoint.Asked;
        _time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<HttpRequestException>(() => pending);
    }

    [Fact]
    public async Task Time_in_which_this_process_stood_still_is_no_silence_of_the_endpoint()
    {
        using var endpoint = new Endpoint(_ => new TaskCompletionSource<HttpResponseMessage>().Task);
        using var client = Client(endpoint);

        var pending = client.GetAsync("/doc");
        await endpoint.Asked;
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(pending.IsCompleted);
        // Its clock is right again.
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<HttpRequestException>(() => pending);
    }

    [Fact]
    public async Task A_process_that_is_held_up_all_the_time_gives_up_all_the_same()
    {
        using var endpoint = new Endpoint(_ => new TaskCompletionSource<HttpResponseMessage>().Task);
        using var client = Client(endpoint);

        var pending = client.GetAsync("/doc");
        await endpoint.Asked;
        for (var i = 0; i < 5; i++)
        {
            Assert.False(pending.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(i == 0 ? 2.5 : 2));
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => pending);
    }

    [Fact]
    public async Task A_busy_endpoint_is_given_more_time_but_not_for_ever()
    {
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        using var endpoint = new Endpoint(request => request.RequestUri!.AbsolutePath == "/slow"
            ? slow.Task
            : Task.FromResult(new HttpResponseMessage { Content = new StringContent("") }));
        using var client = Client(endpoint);

        var pending = client.GetAsync("/slow");
        await endpoint.Asked;
        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            (await client.GetAsync("/quick")).Dispose();
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.False(pending.IsCompleted);
        }

        (await client.GetAsync("/quick")).Dispose();
        _time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<HttpRequestException>(() => pending);
    }

    [Fact]
    public async Task Who_gives_up_first_is_told_so()
    {
        using var endpoint = new Endpoint(_ => new TaskCompletionSource<HttpResponseMessage>().Task);
        using var client = Client(endpoint);
        using var caller = new CancellationTokenSource();

        var pending = client.GetAsync("/doc", caller.Token);
        await endpoint.Asked;
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        // It says nothing about the endpoint.
        var second = client.GetAsync("/doc", caller.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task An_answer_passes_through_with_its_body()
    {
        using var endpoint = new Endpoint(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("x") }));
        using var client = Client(endpoint);

        using var answer = await client.GetAsync("/doc");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("x", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public void A_change_feed_and_a_query_may_take_longer_than_a_point_operation()
    {
        using var point = new HttpRequestMessage();
        using var query = new HttpRequestMessage { Headers = { { "x-ms-documentdb-isquery", "True" } } };
        using var feed = new HttpRequestMessage { Headers = { { "A-IM", "Incremental Feed" } } };

        Assert.True(AttemptTimeout.Limit(point.Headers) < AttemptTimeout.Limit(query.Headers));
        Assert.True(AttemptTimeout.Limit(query.Headers) < AttemptTimeout.Limit(feed.Headers));
    }

    private HttpClient Client(Endpoint endpoint) =>
        new(new AttemptTimeout(_time) { InnerHandler = endpoint }) { BaseAddress = new("http://replica") };

    private sealed class Endpoint(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            var pending = answer(request);
            _asked.TrySetResult();
            return await pending.WaitAsync(cancellationToken);
        }
    }

    private sealed class Silence : MemoryStream
    {
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
