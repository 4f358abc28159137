using System.Net;
using System.Text;
using Geode.Router.Health;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>An origin of several instances: all of them are used, and a lost one is no lost geode.</summary>
public sealed class InstanceTests : IAsyncLifetime
{
    private readonly List<TestOrigin> _near = [];
    private TestOrigin _far = null!;

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
            _near.Add(await TestOrigin.StartAsync($"near {i}"));
        _far = await TestOrigin.StartAsync("far");
    }

    public async Task DisposeAsync()
    {
        foreach (var origin in _near.Append(_far))
            await origin.DisposeAsync();
    }

    [Fact]
    public async Task Requests_are_spread_over_all_and_the_report_names_each()
    {
        await using var router = await StartAsync();
        for (var i = 0; i < 120; i++)
            Assert.StartsWith("near", await router.Client.GetStringAsync("/"), StringComparison.Ordinal);

        // Of 120 at random, fewer than 5 at one of three would come once in a million years.
        Assert.All(_near, o => Assert.InRange(o.Requests, 5, 110));
        Assert.Equal(0, _far.Requests);
        await Eventually.IsAsync(async () => (await router.ReportAsync("a")).GetProperty("requests").GetInt64() == 120);
        var instances = (await router.ReportAsync("a")).GetProperty("instances").EnumerateArray().ToList();
        Assert.Equal(_near.Select(o => Text(o.Address)), instances.Select(i => i.GetProperty("address").GetString()));
        Assert.All(instances, i => Assert.Equal("healthy", i.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task The_one_with_fewer_requests_under_way_gets_the_next()
    {
        await using var router = await StartAsync(instances: 2);
        var go = new TaskCompletionSource();
        foreach (var origin in _near)
            origin.Does(async context => { await go.Task; await context.Response.WriteAsync(origin.Name); });
        var answers = new List<Task<HttpResponseMessage>>();
        for (var i = 1; i <= 20; i++)
        {
            answers.Add(router.SendAsync("POST"));
            await Eventually.IsAsync(() => _near[0].Requests + _near[1].Requests == i);
        }

        Assert.Equal((10, 10), (_near[0].Requests, _near[1].Requests));
        go.SetResult();
        Assert.All(await Task.WhenAll(answers), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
    }

    [Theory]
    [InlineData("GET"), InlineData("POST")]
    public async Task A_refused_request_goes_to_another_instance_of_the_same_geode(string method)
    {
        await using var router = await StartAsync(instances: 2, TestRouter.NoProbes);
        await _near[1].DisposeAsync();

        for (var i = 0; i < 30; i++)
        {
            using var answer = await router.SendAsync(method);
            Assert.Equal("near 0", await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal((30, 0), (_near[0].Requests, _far.Requests));
        var report = await router.ReportAsync("a");
        Assert.Equal("healthy", report.GetProperty("state").GetString());
        Assert.Contains("1 of 2 instances", report.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_resets_or_is_silent_loses_its_requests_to_another_of_the_same_geode()
    {
        await using var resetting = RawOrigin.Resetting();
        await using var silent = RawOrigin.Silent();
        var end = new TaskCompletionSource();
        _far.Does(_ => end.Task);
        foreach (var faulty in new[] { resetting, silent })
        {
            await using var router = await StartAsync(instances: 1, "Tries:HedgeBudget=1", "Tries:TimeoutMinMs=100", "Tries:TimeoutMaxMs=1000");
            await router.SetInstancesAsync("a", _near[0].Address, faulty.Address);
            await KnowsAsync(router, well: 2);
            // On a slow machine the other geode is asked too, and is of no help.
            for (var i = 0; i < 20; i++)
                Assert.Equal("near 0", await router.Client.GetStringAsync("/"));
            Assert.True(faulty.Requests > 0);
        }

        end.SetResult();
    }

    [Fact]
    public async Task Two_that_break_a_request_off_are_the_geode_and_the_third_try_is_elsewhere()
    {
        await using var one = RawOrigin.Resetting();
        await using var two = RawOrigin.Resetting();
        await using var three = RawOrigin.Resetting();
        await using var router = await StartAsync(instances: 1);
        await router.SetInstancesAsync("a", one.Address, two.Address, three.Address);
        await KnowsAsync(router, well: 3);

        using var answer = await router.Client.GetAsync("/");
        Assert.Equal(("far", "3"), (await answer.Content.ReadAsStringAsync(), answer.Attempts()));
        Assert.Equal(2, one.Requests + two.Requests + three.Requests);
    }

    [Fact]
    public async Task A_geode_that_declines_is_asked_once_and_its_other_instance_only_when_nobody_else_is_left()
    {
        var declines = 0;
        foreach (var origin in _near)
            origin.Does(context =>
            {
                context.Response.StatusCode = Interlocked.Increment(ref declines) == 1 ? 503 : 200;
                return context.Response.WriteAsync(origin.Name);
            });
        await using var router = await StartAsync(instances: 2);
        Assert.Equal("far", await router.Client.GetStringAsync("/"));
        Assert.Equal(1, declines);

        declines = 0;
        await using var alone = await TestRouter.StartAsync([_near[0].Address]);
        await alone.SetInstancesAsync("a", _near[0].Address, _near[1].Address);
        await KnowsAsync(alone, well: 2);
        Assert.StartsWith("near", await alone.Client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal(2, declines);
    }

    [Fact]
    public async Task When_all_are_lost_the_geode_is_and_requests_go_elsewhere()
    {
        await using var router = await StartAsync();
        foreach (var origin in _near)
            await origin.DisposeAsync();
        for (var i = 0; i < 20; i++)
            Assert.Equal("far", await router.Client.GetStringAsync("/"));
        await router.IsAsync("a", "unhealthy");
    }

    [Fact]
    public async Task One_that_is_taken_away_finishes_what_it_has_and_gets_nothing_more()
    {
        var go = new TaskCompletionSource();
        _near[0].Does(async context =>
        {
            await context.Response.Body.FlushAsync();
            await go.Task;
            await context.Response.WriteAsync("near 0");
        });
        await using var router = await StartAsync(instances: 1);
        var under = router.Client.GetStringAsync("/");
        await Eventually.IsAsync(() => _near[0].Requests == 1);
        await router.SetInstancesAsync("a", _near[1].Address);

        for (var i = 0; i < 20; i++)
            Assert.Equal("near 1", await router.Client.GetStringAsync("/"));
        var left = (await router.ReportAsync("a")).GetProperty("instances").EnumerateArray().Single(i => i.GetProperty("address").GetString() == Text(_near[0].Address));
        Assert.Equal(("draining", 1), (left.GetProperty("state").GetString(), left.GetProperty("inFlight").GetInt32()));
        go.SetResult();
        Assert.Equal("near 0", await under);
        await Eventually.IsAsync(async () => (await router.ReportAsync("a")).GetProperty("instances").GetArrayLength() == 1);
        Assert.Equal(1, _near[0].Requests);
    }

    [Fact]
    public async Task Uploads_that_were_under_way_to_one_that_is_taken_away_arrive_there_and_new_ones_elsewhere()
    {
        foreach (var origin in _near)
            origin.Does(async context => await context.Response.WriteAsync($"{origin.Name} {(await new StreamReader(context.Request.Body).ReadToEndAsync()).Length}"));
        await using var router = await StartAsync(instances: 1);
        using var slow = new SlowBody();
        var upload = router.Client.PostAsync("/", slow);
        await Eventually.IsAsync(() => _near[0].Requests == 1);
        await router.SetInstancesAsync("a", _near[1].Address, _near[2].Address);
        using var other = await router.Client.PostAsync("/", new StringContent("xyz"));
        Assert.Matches("near [12] 3", await other.Content.ReadAsStringAsync());

        slow.Finish();
        using var answer = await upload;
        Assert.Equal($"near 0 {SlowBody.Length}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Its_streams_are_told_to_leave_and_those_of_the_others_stay()
    {
        foreach (var origin in _near)
            origin.Does(async context =>
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync($"data: {origin.Name}\n\n");
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            });
        await using var router = await StartAsync(instances: 1, "Streams:GraceMs=0", "Streams:SpreadMs=0");
        var leaving = await OpenAsync(router);
        await router.SetInstancesAsync("a", _near[1].Address);
        var staying = await OpenAsync(router);

        Assert.Equal(("near 0", "near 1"), (leaving.Name, staying.Name));
        Assert.Equal("", await leaving.Events.ReadToEndAsync());
        await Eventually.IsAsync(async () => (await router.ReportAsync("a")).GetProperty("streams").GetInt32() == 1);
        Assert.False(staying.Events.ReadLineAsync().IsCompleted);
    }

    [Fact]
    public async Task A_new_one_starts_slowly_and_the_first_of_a_geode_at_once()
    {
        await using var router = await StartAsync(instances: 1, "Health:SlowStartMs=3600000");
        await router.SetInstancesAsync("a", _near[0].Address, _near[1].Address);
        await KnowsAsync(router, well: 2);
        var shares = router.Snapshot.Origins[0].Instances.Select(i => i.Health.Share).ToList();
        Assert.Equal(1, shares[0]);
        Assert.InRange(shares[1], 0.05, 0.999);
        Assert.Equal(1, router.Snapshot.Origins[0].Share);
    }

    [Theory]
    [InlineData("""{"a":1}"""), InlineData("null"), InlineData(""), InlineData("[null]"), InlineData("""["x"]"""), InlineData("[1]")]
    [InlineData("""["ftp://127.0.0.1:1"]"""), InlineData("""["http://127.0.0.1:1/path"]"""), InlineData("""["http://u:p@127.0.0.1:1"]""")]
    [InlineData("""["http://127.0.0.1:1", "http://127.0.0.1:1/"]""")]
    public async Task What_is_no_list_of_addresses_is_refused_and_changes_nothing(string body)
    {
        await using var router = await StartAsync(instances: 1);
        using var answer = await router.Admin.PutAsync("/_router/origins/a/instances", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("http://", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("near 0", await router.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Too_many_too_long_and_an_unknown_geode_are_refused()
    {
        await using var router = await StartAsync(instances: 1);
        var many = $"[{string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"http://127.0.0.1:{10_000 + i}\""))}]";
        foreach (var body in new[] { many, $"[\"{new string('x', 1024 * 1024)}\"]" })
        {
            using var answer = await router.Admin.PutAsync("/_router/origins/a/instances", new StringContent(body));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using var unknown = await router.Admin.PutAsync("/_router/origins/nowhere/instances", new StringContent("[]"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private async Task<TestRouter> StartAsync(int instances = 3, params string[] settings)
    {
        var router = await TestRouter.RunAsync(
            [$"Origins:a={Text(_near[0].Address)}", $"Origins:b:Url={Text(_far.Address)}", "Origins:b:Priority=2", "Health:SlowStartMs=0", "Tries:HedgeBudget=0", "Tries:TimeoutMinMs=600000", "Tries:TimeoutMaxMs=600000", .. settings], _ => { });
        if (instances > 1)
        {
            await router.SetInstancesAsync("a", [.. _near.Take(instances).Select(o => o.Address)]);
            await KnowsAsync(router, well: instances);
        }

        return router;
    }

    private static Task KnowsAsync(TestRouter router, int well) => Eventually.IsAsync(() =>
        router.Snapshot.Origins[0].Instances is var all
        && all.All(i => i.Health.State != OriginState.Unknown)
        && all.Count(i => i.Health.State == OriginState.Healthy) == well);

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static async Task<(string Name, StreamReader Events)> OpenAsync(TestRouter router)
    {
        var reader = new StreamReader(await router.Client.GetStreamAsync("/"));
        var name = (await reader.ReadLineAsync())!["data: ".Length..];
        Assert.Equal("", await reader.ReadLineAsync());
        return (name, reader);
    }

    private sealed class SlowBody : HttpContent
    {
        public const int Length = 200_000;
        private readonly TaskCompletionSource _go = new();

        public void Finish() => _go.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[Length / 2]);
            await stream.FlushAsync();
            await _go.Task;
            await stream.WriteAsync(new byte[Length / 2]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Length;
            return true;
        }
    }
}
