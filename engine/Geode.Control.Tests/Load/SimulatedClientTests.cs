using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Geode.Control.Load;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Geode.Control.Tests.Load;

/// <summary>What one client does with what it is answered.</summary>
public sealed class SimulatedClientTests : IAsyncLifetime
{
    private static readonly Place City = Places.Find("amsterdam")!;

    private readonly ConcurrentQueue<Request> _requests = new();
    private WebApplication _router = null!;
    private int _status = 200;
    private string _answer = JsonSerializer.Serialize(new
    {
        items = PlantedTaste.Topics.Select(topic => new { id = $"about-{topic}", tags = new[] { "simulated", topic } }),
    });

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _router = builder.Build();
        _router.Run(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            _requests.Enqueue(new(context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Cookies["visitor"], body));
            context.Response.StatusCode = _status;
            context.Response.Headers["X-Geode-Served-By"] = "westeurope";
            // As the service does: nobody is given an identity for reading.
            if (context.Request.Method != "GET" && context.Request.Cookies["visitor"] is null)
                context.Response.Cookies.Append("visitor", Guid.NewGuid().ToString("N"), new() { HttpOnly = true, SameSite = SameSiteMode.Lax });
            await context.Response.WriteAsync(_answer);
        });
        await _router.StartAsync();
    }

    public async Task DisposeAsync() => await _router.DisposeAsync();

    [Fact]
    public async Task All_that_a_client_writes_is_one_visitors()
    {
        await ActAsync(number: 0, times: 200, writeShare: 0.5);
        await ActAsync(number: 1, times: 200, writeShare: 0.5);

        // Both begin unknown, and are known from their first write on.
        Assert.Equal(2, _requests.Count(r => r.Visitor is null && r.Method != "GET"));
        Assert.Equal(2, _requests.Select(r => r.Visitor).OfType<string>().Distinct().Count());
    }

    [Fact]
    public async Task It_votes_up_what_it_likes_and_down_what_it_does_not_and_asks_about_what_it_likes()
    {
        var taste = PlantedTaste.Of(City, 4);
        await ActAsync(number: 4, times: 600, writeShare: 0.8);

        var votes = _requests.Where(r => r.Method == "PUT").Select(r => (Topic: Topic(r), Value: Json(r).GetProperty("value").GetInt32())).ToList();
        Assert.All(votes, vote => Assert.Equal(taste.Liked.Contains(vote.Topic) ? 1 : -1, vote.Value));
        Assert.Equal([-1, 1], votes.Select(vote => vote.Value).Distinct().Order());

        var asked = _requests.Where(r => r.Method == "POST").Select(Json).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, question =>
        {
            var tags = question.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!).ToList();
            Assert.Equal("simulated", tags[0]);
            Assert.Contains(tags[1], taste.Liked);
            Assert.Contains(tags[1], question.GetProperty("title").GetString());
        });
    }

    [Fact]
    public async Task It_reads_rather_what_it_likes_and_sometimes_wants_its_own_order()
    {
        var taste = PlantedTaste.Of(City, 2);
        await ActAsync(number: 2, times: 2000, writeShare: 0);

        var read = _requests.Where(r => r.Path.Contains("/about-")).ToList();
        Assert.True(read.Count(r => taste.Liked.Contains(Topic(r))) > read.Count / 2, "It reads what it does not like as often.");
        Assert.Contains(read, r => !taste.Liked.Contains(Topic(r)));
        Assert.Contains(_requests, r => r.Path == "/api/questions?size=10&sort=for-you");
        Assert.Contains(_requests, r => r.Path == "/api/questions?size=10");
    }

    [Theory]
    [InlineData(200, "<html>Not questions</html>")]
    [InlineData(200, "[1, 2]")]
    [InlineData(200, """{"items": "none"}""")]
    [InlineData(200, """{"items": [1, {"id": 2}, {"name": "x"}, {"id": "one", "tags": [3, null]}, {"id": "two", "tags": {}}]}""")]
    [InlineData(404, """{"title": "Not Found"}""")]
    [InlineData(400, "")]
    public async Task A_service_that_knows_no_questions_does_not_stop_it(int status, string answer)
    {
        (_status, _answer) = (status, answer);
        Assert.All(await ActAsync(number: 0, times: 50, writeShare: 0.3), region => Assert.Equal("westeurope", region));
        Assert.Equal(50, _requests.Count);
    }

    private async Task<List<string?>> ActAsync(int number, int times, double writeShare)
    {
        using var client = new SimulatedClient(new(_router.Urls.Single()), City, number, writeShare);
        List<string?> regions = [];
        for (var i = 0; i < times; i++)
            regions.Add(await client.ActAsync(CancellationToken.None));
        return regions;
    }

    private static string Topic(Request request) => request.Path.Split('/')[3]["about-".Length..];

    private static JsonElement Json(Request request) => JsonDocument.Parse(request.Body).RootElement;

    private sealed record Request(string Method, string Path, string? Visitor, string Body);
}
