using System.Net;
using System.Net.Http.Json;
using Geode.Service.Stamps;
using Geode.Topology;

namespace Geode.Service.Tests.Stamps;

/// <summary>A geode that is asked for another stamp's tenant has that stamp answer.</summary>
[Collection(ForwardingPlanetCollection.Name)]
public sealed class ForwardingTests(ForwardingPlanet planet)
{
    private const string Passed = "X-Geode-Passed-On";

    [Fact]
    public async Task What_is_written_and_read_by_way_of_another_stamp_is_in_the_right_one()
    {
        await planet.PlaceAsync("far", "eu", "EU");

        var (written, _) = await AskAsync(HttpMethod.Put, "far", planet.EastUs, JsonContent.Create(new { text = "hello" }));
        var (read, note) = await AskAsync(HttpMethod.Get, "far", planet.EastUs);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (written.StatusCode, read.StatusCode));
        Assert.Equal("hello", note.GetProperty("text").GetString());
        Assert.Equal(("eu", "westeurope"), (ForwardingPlanet.Header(read, "X-Geode-Stamp"), ForwardingPlanet.Header(read, "X-Geode-Region")));
        await InProcessPlanet.EventuallyAsync(async () => await planet.WhereAsync("far") == "westeurope 1, northeurope 1, eastus 0, southeastasia 0", "the note in its stamp alone");
    }

    [Fact]
    public async Task The_answer_has_a_hint_for_the_router_unless_the_request_had_it()
    {
        await planet.PlaceAsync("hinted", "eu", "");

        var (first, _) = await AskAsync(HttpMethod.Get, "hinted", planet.EastUs);
        var (next, _) = await AskAsync(HttpMethod.Get, "hinted", planet.EastUs, null, ("Cookie", "geode-stamp=eu"));
        var (astray, _) = await AskAsync(HttpMethod.Get, "hinted", planet.WestEurope, null, ("Cookie", "geode-stamp=world"));
        var (near, _) = await AskAsync(HttpMethod.Get, "hinted", planet.WestEurope);

        Assert.Equal("geode-stamp=eu; max-age=300; path=/; secure; samesite=lax; httponly", ForwardingPlanet.Hint(first));
        Assert.Null(ForwardingPlanet.Hint(next));
        Assert.StartsWith("geode-stamp=eu;", ForwardingPlanet.Hint(astray));
        Assert.Null(ForwardingPlanet.Hint(near));
    }

    [Fact]
    public async Task A_body_is_passed_on_as_it_comes()
    {
        await planet.PlaceAsync("slow", "eu", "");
        using var body = new HeldContent("""{"text":"at last"}""");
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(planet.Address(planet.EastUs), "api/notes/a")) { Content = body, Headers = { ExpectContinue = true } };
        request.Headers.Add("X-Tenant", "slow");
        // Longer than anybody waits here: without it the body would be sent unasked after a second.
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(3) }) { Timeout = TimeSpan.FromMinutes(3) };

        var answer = client.SendAsync(request);
        await Task.WhenAny(body.Wanted, answer);
        Assert.True(body.Wanted.IsCompleted, "The right stamp reads what has not been sent yet.");
        body.Release();

        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        Assert.Equal("at last", (await AskAsync(HttpMethod.Get, "slow", planet.WestEurope)).Body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_the_right_stamp_refuses_is_refused()
    {
        await planet.PlaceAsync("wrong", "eu", "");

        var (none, _) = await AskAsync(HttpMethod.Get, "wrong", planet.EastUs);
        var (large, _) = await AskAsync(HttpMethod.Put, "wrong", planet.EastUs, new StringContent($$"""{"text":"{{new string('x', 100_000)}}"}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.RequestEntityTooLarge), (none.StatusCode, large.StatusCode));
        // An upload may be longer there than what this geode takes itself.
        Assert.Equal(("eu", "westeurope"), (ForwardingPlanet.Header(large, "X-Geode-Stamp"), ForwardingPlanet.Header(large, "X-Geode-Region")));
    }

    [Fact]
    public async Task What_has_been_passed_on_is_not_passed_on_again()
    {
        await planet.PlaceAsync("round", "world", "");

        // It takes westeurope for a geode of world.
        var (circle, problem) = await AskAsync(HttpMethod.Put, "round", planet.NorthEurope, JsonContent.Create(new { text = "no" }));
        var (feigned, _) = await AskAsync(HttpMethod.Get, "round", planet.WestEurope, null, (Passed, "1"));

        Assert.Equal((HttpStatusCode.MisdirectedRequest, "world"), (circle.StatusCode, ForwardingPlanet.Header(circle, "X-Geode-Stamp")));
        Assert.Equal("Tenant 'round' is in stamp 'world'; this is 'eu'.", problem.GetProperty("detail").GetString());
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "world"), (feigned.StatusCode, ForwardingPlanet.Header(feigned, "X-Geode-Stamp")));
        Assert.Equal("westeurope 0, northeurope 0, eastus 0, southeastasia 0", await planet.WhereAsync("round"));
    }

    [Fact]
    public async Task A_stamp_that_is_away_is_a_clear_503()
    {
        await planet.PlaceAsync("away", "eu", "");

        var (answer, problem) = await AskAsync(HttpMethod.Get, "away", planet.SoutheastAsia);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "eu", "1"), (answer.StatusCode, ForwardingPlanet.Header(answer, "X-Geode-Stamp"), ForwardingPlanet.Header(answer, "Retry-After")));
        Assert.Equal("Tenant 'away' is in stamp 'eu', which does not answer; try again.", problem.GetProperty("detail").GetString());
        Assert.Equal("southeastasia", ForwardingPlanet.Header(answer, "X-Geode-Region"));
    }

    [Fact]
    public async Task Who_has_moved_is_answered_for_where_he_is_now()
    {
        await planet.PlaceAsync("mover", "eu", "");
        await AskAsync(HttpMethod.Put, "mover", planet.WestEurope, JsonContent.Create(new { text = "hello" }));

        await planet.PlaceAsync("mover", "world", "");
        await planet.MovedAsync("mover");
        var (answer, note) = await AskAsync(HttpMethod.Get, "mover", planet.WestEurope, null, ("Cookie", "geode-stamp=eu"));

        Assert.Equal((HttpStatusCode.OK, "world", "hello"), (answer.StatusCode, ForwardingPlanet.Header(answer, "X-Geode-Stamp"), note.GetProperty("text").GetString()));
        Assert.StartsWith("geode-stamp=world;", ForwardingPlanet.Hint(answer));
    }

    [Theory]
    [InlineData("nowhere", null, "there is no stamp 'nowhere'")]
    [InlineData("world", "EU", "its data has to stay in EU, and stamp 'world' is anywhere")]
    public async Task A_move_that_was_written_into_the_directory_and_cannot_be_ends_with_the_reason(string to, string? residency, string why)
    {
        var tenant = $"by-hand-{to}";
        await planet.PlaceAsync(tenant, "eu", "EU");
        var directory = planet.Services(planet.WestEurope).GetRequiredService<TenantDirectory>();
        var (entry, etag) = (await directory.FindAsync(tenant, default))!.Value;

        Assert.True(await directory.TryReplaceAsync(entry with { Move = new("eu", to, MovePhases.Copying, DateTimeOffset.UnixEpoch, residency) }, etag, default));

        Assert.Equal(why, (await planet.MovedAsync(tenant)).GetProperty("last").GetProperty("undone").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(HttpMethod.Get, tenant, planet.WestEurope)).Answer.StatusCode);
    }

    private Task<(HttpResponseMessage Answer, System.Text.Json.JsonElement Body)> AskAsync(
        HttpMethod method, string tenant, Region at, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        planet.AskAsync(method, "api/notes/a", at, content, [("X-Tenant", tenant), .. headers]);
}
