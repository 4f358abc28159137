using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Control.Steward;
using Geode.TestKit;

namespace Geode.Control.Tests.Api;

/// <summary>What people say to the steward goes to any Worker that answers, and an undo is done whether one does or not.</summary>
public sealed class StewardApiTests : IAsyncLifetime
{
    private FakePlanet _planet = null!;
    private FakeServer _worker = null!;

    public async Task InitializeAsync()
    {
        _planet = await FakePlanet.StartAsync("westeurope", "eastus");
        // Only the second region has one.
        _worker = await FakeServer.StartAsync(_planet.Planet.Ports.Worker(_planet.Planet.Regions[1]));
        _worker.Body = """{"mode":"act","regions":[],"decisions":[]}""";
    }

    public async Task DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _planet.DisposeAsync();
    }

    [Fact]
    public async Task A_worker_that_answers_is_asked_and_told()
    {
        Assert.Equal("act", (await _planet.Client.GetFromJsonAsync<JsonElement>("/planet/steward")).GetProperty("mode").GetString());
        (await _planet.Client.GetAsync("/planet/plan")).EnsureSuccessStatusCode();
        (await _planet.Client.PutAsJsonAsync("/planet/steward", new { mode = "advise" })).EnsureSuccessStatusCode();
        Assert.Contains("GET /_steward", _worker.Requests);
        Assert.Contains("GET /_steward/plan", _worker.Requests);
        Assert.Contains("""PUT /_steward {"mode":"advise"}""", _worker.Requests);
        Assert.Contains(_planet.Running.Timeline.Latest(), e => e is { Kind: "steward", State: "advise" });
    }

    [Theory]
    [InlineData("""{"mode": "rule"}""", "mode: 'rule' is none; allowed are observe, advise, act.")]
    [InlineData("""{"mode": null}""", "mode: '' is none; allowed are observe, advise, act.")]
    [InlineData("{}", "mode: '' is none; allowed are observe, advise, act.")]
    [InlineData("""{"mood": "act"}""", "not valid here")]
    [InlineData("act", "not valid here")]
    public async Task What_is_no_mode_is_refused(string body, string problem)
    {
        using var answer = await _planet.Client.PutAsync("/planet/steward", new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(problem, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_worker.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Undo_ends_floors_at_once_and_is_told_to_the_steward()
    {
        await FloorAsync(1);
        Assert.Equal(1, await FloorOfAsync());
        var answer = await UndoAsync();
        Assert.Equal("act", answer.GetProperty("steward").GetProperty("mode").GetString());
        Assert.Null(await FloorOfAsync());
        Assert.Contains("POST /_steward/undo", _worker.Requests);

        // An older plan stays older.
        Assert.Equal(HttpStatusCode.Conflict, (await PutFloorAsync(0)).StatusCode);
    }

    [Fact]
    public async Task Undo_is_done_without_anybody_to_tell_too()
    {
        await FloorAsync(1);
        await _worker.DisposeAsync();
        Assert.Equal(JsonValueKind.Null, (await UndoAsync()).GetProperty("steward").ValueKind);
        Assert.Null(await FloorOfAsync());
        Assert.Equal("null", await _planet.Client.GetStringAsync("/planet/steward"));
        Assert.Equal("null", await _planet.Client.GetStringAsync("/planet/plan"));
        using var order = await _planet.Client.PutAsJsonAsync("/planet/steward", new { mode = "act" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, order.StatusCode);
    }

    [Fact]
    public async Task Undo_is_told_to_the_first_worker_that_comes_back()
    {
        await _worker.DisposeAsync();
        await UndoAsync();
        _worker = await FakeServer.StartAsync(_planet.Planet.Ports.Worker(_planet.Planet.Regions[0]));
        await WaitAsync(() => _worker.Requests.Contains("POST /_steward/undo"));
        Assert.Single(_worker.Requests, request => request == "POST /_steward/undo");
    }

    [Fact]
    public async Task What_nobody_has_heard_lapses_with_the_plan()
    {
        var time = new ManualTime();
        var (tried, worker) = (0, false);
        using var orders = new UnheardOrders((_, _) =>
        {
            Interlocked.Increment(ref tried);
            return worker ? Task.CompletedTask : throw new ControlException(503, "nobody");
        }, time);
        orders.Add("undo");
        Assert.Equal(1, Volatile.Read(ref tried));
        time.Advance(UnheardOrders.Lapse / 2);
        await WaitAsync(() => Volatile.Read(ref tried) >= 2);
        time.Advance(UnheardOrders.Lapse);
        time.Advance(UnheardOrders.Lapse);
        var before = Volatile.Read(ref tried);
        worker = true;
        orders.Add("hold");
        await WaitAsync(() => Volatile.Read(ref tried) > before);
        time.Advance(UnheardOrders.Lapse / 2);
        // That of the second order is the only one.
        Assert.Equal(before + 1, Volatile.Read(ref tried));
    }

    [Fact]
    public async Task A_persons_word_about_instances_holds_the_steward_and_a_fault_does_not()
    {
        (await _planet.Client.PostAsync("/planet/regions/eastus/freeze", null)).EnsureSuccessStatusCode();
        (await _planet.Client.PostAsync("/planet/regions/eastus/thaw", null)).EnsureSuccessStatusCode();
        Assert.DoesNotContain(_worker.Requests, request => request.Contains("/hold", StringComparison.Ordinal));
        (await _planet.Client.PutAsJsonAsync("/planet/regions/eastus/instances", new { count = 1 })).EnsureSuccessStatusCode();
        Assert.Contains("POST /_steward/hold", _worker.Requests);
    }

    [Fact]
    public void The_timeline_tells_each_decision_once_and_who_decides()
    {
        var watch = new StewardWatch(_planet.Running.Steward, _planet.Running.Timeline, TimeProvider.System);
        var now = DateTimeOffset.UtcNow;
        var report = new StewardReport("eastus", 2001, [new(now, "eastus", 2001, 5, "act", [new("westeurope", "at least 3 instances", "more is coming")])]);
        watch.Tell(report);
        watch.Tell(report);
        watch.Tell(report with { Region = "westeurope", Fence = 3000, Decisions = [new(now.AddDays(-1), "westeurope", 3000, 1, "act", [new("eastus", "old", "")])] });
        Assert.Equal(
            ["eastus is the steward (fence 2001)", "westeurope: at least 3 instances (more is coming)", "westeurope is the steward (fence 3000)"],
            _planet.Running.Timeline.Latest().Where(e => e.Kind == "steward").Select(e => e.Message));
    }

    private static async Task WaitAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!isSo())
            await Task.Delay(20, patience.Token);
    }

    private async Task FloorAsync(long number) => (await PutFloorAsync(number)).EnsureSuccessStatusCode();

    private Task<HttpResponseMessage> PutFloorAsync(long number) =>
        _planet.Client.PutAsJsonAsync("/planet/regions/eastus/floor", new { instances = 1, fence = 1001, number, seconds = 60 });

    private async Task<JsonElement> UndoAsync()
    {
        using var answer = await _planet.Client.PostAsync("/planet/steward/undo", null);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<int?> FloorOfAsync()
    {
        var planet = await _planet.Client.GetFromJsonAsync<JsonElement>("/planet");
        var floor = planet.GetProperty("regions").EnumerateArray().Single(r => r.GetProperty("name").GetString() == "eastus").GetProperty("instances").GetProperty("floor");
        return floor.ValueKind is JsonValueKind.Null ? null : floor.GetInt32();
    }
}
