using System.Net;
using System.Text;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Who runs the instances says which there are: what leaves finishes what it has, what comes starts slowly, and what is no list changes nothing.</summary>
public sealed class InstanceListTests : InstanceTestBase
{
    [Fact]
    public async Task One_that_is_taken_away_finishes_what_it_has_and_gets_nothing_more()
    {
        var go = new TaskCompletionSource();
        Near[0].Does(async context =>
        {
            await context.Response.Body.FlushAsync();
            await go.Task;
            await context.Response.WriteAsync("near 0");
        });
        await using var router = await StartAsync(instances: 1);
        var under = router.Client.GetStringAsync("/");
        await Eventually.IsAsync(() => Near[0].Requests == 1);
        await router.SetInstancesAsync("a", Near[1].Address);

        for (var i = 0; i < 20; i++)
            Assert.Equal("near 1", await router.Client.GetStringAsync("/"));
        var left = (await router.ReportAsync("a")).GetProperty("instances").EnumerateArray().Single(i => i.GetProperty("address").GetString() == Origin.PrefixOf(Near[0].Address));
        Assert.Equal(("draining", 1), (left.GetProperty("state").GetString(), left.GetProperty("inFlight").GetInt32()));
        go.SetResult();
        Assert.Equal("near 0", await under);
        await Eventually.IsAsync(async () => (await router.ReportAsync("a")).GetProperty("instances").GetArrayLength() == 1);
        Assert.Equal(1, Near[0].Requests);
    }

    [Fact]
    public async Task Uploads_that_were_under_way_to_one_that_is_taken_away_arrive_there_and_new_ones_elsewhere()
    {
        foreach (var origin in Near)
            origin.Does(async context => await context.Response.WriteAsync($"{origin.Name} {(await new StreamReader(context.Request.Body).ReadToEndAsync()).Length}"));
        await using var router = await StartAsync(instances: 1);
        using var slow = new SlowBody();
        var upload = router.Client.PostAsync("/", slow);
        await Eventually.IsAsync(() => Near[0].Requests == 1);
        await router.SetInstancesAsync("a", Near[1].Address, Near[2].Address);
        using var other = await router.Client.PostAsync("/", new StringContent("xyz"));
        Assert.Matches("near [12] 3", await other.Content.ReadAsStringAsync());

        slow.Finish();
        using var answer = await upload;
        Assert.Equal($"near 0 {SlowBody.Length}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Its_streams_are_told_to_leave_and_those_of_the_others_stay()
    {
        foreach (var origin in Near)
            origin.Does(async context =>
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync($"data: {origin.Name}\n\n");
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            });
        await using var router = await StartAsync(instances: 1, "Streams:GraceMs=0", "Streams:SpreadMs=0");
        var leaving = await OpenAsync(router);
        await router.SetInstancesAsync("a", Near[1].Address);
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
        await router.SetInstancesAsync("a", Near[0].Address, Near[1].Address);
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
