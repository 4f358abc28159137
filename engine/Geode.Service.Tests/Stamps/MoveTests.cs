using System.Net;
using System.Text.Json;
using Geode.Service.Stamps;

namespace Geode.Service.Tests.Stamps;

/// <summary>Tenants that move from stamp to stamp while they are used.</summary>
[Collection(StampPlanetCollection.Name)]
public sealed class MoveTests(StampPlanet planet)
{
    [Fact]
    public async Task Under_load_nothing_acknowledged_is_lost_nothing_old_is_read_and_nothing_is_left_behind()
    {
        const string Tenant = "moves";
        await planet.PlaceAsync(Tenant, "eu", "");
        foreach (var note in Enumerable.Range(0, 50))
            Assert.Equal(HttpStatusCode.OK, (await planet.WriteAsync(Tenant, $"old-{note}", "before", planet.WestEurope)).Status);
        using var crowd = new WritingCrowd(planet, Tenant);
        await crowd.HasWrittenAsync(50);

        foreach (var to in (string[])["world", "eu", "world"])
        {
            await OrderAsync(Tenant, to);
            var entry = await planet.MovedAsync(Tenant);
            Assert.Equal(to, entry.GetProperty("stamp").GetString());
            Assert.False(entry.GetProperty("last").TryGetProperty("undone", out var why), why.ToString());
            await crowd.HasWrittenAsync(50);
        }

        var acknowledged = await crowd.EndAsync();
        IReadOnlyList<string> notes = [], lost = [];
        // The last of them were written in the other region.
        await InProcessPlanet.EventuallyAsync(
            async () =>
            {
                notes = [.. (await planet.FollowAsync(HttpMethod.Get, "api/notes", Tenant, planet.WestEurope)).Body.EnumerateArray().Select(note => note.GetProperty("id").GetString()!)];
                lost = [.. acknowledged.Except(notes)];
                return lost.Count == 0;
            },
            () => $"{acknowledged.Count} notes, but {lost.Count} are lost: {string.Join(", ", lost)}");
        Assert.Equal(50, notes.Count(note => note.StartsWith("old-", StringComparison.Ordinal)));
        await InProcessPlanet.EventuallyAsync(async () => await planet.WhereAsync(Tenant) == $"westeurope 0, northeurope 0, eastus {notes.Count}, southeastasia {notes.Count}", "all of it in one stamp");
    }

    [Fact]
    public async Task A_write_that_was_let_in_before_the_pause_is_waited_for_and_comes_along()
    {
        const string Tenant = "slow";
        await planet.PlaceAsync(Tenant, "eu", "");
        await planet.WriteAsync(Tenant, "a", "text", planet.WestEurope);
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(3) }) { Timeout = TimeSpan.FromMinutes(3) };
        using var body = new HeldContent("""{"text":"late"}""");
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(planet.Address(planet.NorthEurope), "api/notes/late")) { Content = body };
        request.Headers.ExpectContinue = true;
        request.Headers.Add("X-Tenant", Tenant);
        var sent = client.SendAsync(request);
        await body.Wanted;

        await OrderAsync(Tenant, "world");
        await InProcessPlanet.EventuallyAsync(
            async () => !(await planet.TenantAsync(Tenant)).GetProperty("tenant").TryGetProperty("move", out var move) || move.GetProperty("phase").GetString() != "copying", "its pause");
        // For as long as it takes, within limits.
        for (var look = 0; look < 20; look++)
            Assert.Equal("pausing", (await planet.TenantAsync(Tenant)).GetProperty("tenant").GetProperty("move").GetProperty("phase").GetString());
        body.Release();

        using var answer = await sent;
        Assert.Equal((HttpStatusCode.OK, "eu"), (answer.StatusCode, answer.Headers.GetValues("X-Geode-Stamp").Single()));
        await planet.MovedAsync(Tenant);
        Assert.Equal((HttpStatusCode.OK, "world"), Seen(await planet.SendAsync(HttpMethod.Get, "api/notes/late", planet.EastUs, Tenant)));
    }

    [Fact]
    public async Task What_one_replica_of_the_old_stamp_has_alone_comes_along()
    {
        const string Tenant = "apart";
        await planet.PlaceAsync(Tenant, "eu", "");
        await planet.WriteAsync(Tenant, "everywhere", "text", planet.NorthEurope);
        await InProcessPlanet.EventuallyAsync(async () => await planet.WhereAsync(Tenant) == "westeurope 1, northeurope 1, eastus 0, southeastasia 0", "the first note");
        await LinksAsync("down");
        try
        {
            foreach (var region in new[] { planet.WestEurope, planet.NorthEurope })
                Assert.Equal(HttpStatusCode.OK, (await planet.WriteAsync(Tenant, $"only-{region}", "text", region)).Status);
            await OrderAsync(Tenant, "world");
            await InProcessPlanet.EventuallyAsync(
                async () => !(await planet.TenantAsync(Tenant)).GetProperty("tenant").TryGetProperty("move", out var move) || move.GetProperty("phase").GetString() != "copying", "its pause");
        }
        finally
        {
            await LinksAsync("up");
        }

        Assert.Equal("world", (await planet.MovedAsync(Tenant)).GetProperty("stamp").GetString());
        Assert.Equal(
            ["everywhere", "only-northeurope", "only-westeurope"],
            (await planet.SendAsync(HttpMethod.Get, "api/notes", planet.EastUs, Tenant)).Body.EnumerateArray().Select(note => note.GetProperty("id").GetString()));

        async Task LinksAsync(string state)
        {
            await planet.LinkAsync(planet.WestEurope, planet.NorthEurope, new { state });
            await planet.LinkAsync(planet.NorthEurope, planet.WestEurope, new { state });
        }
    }

    [Fact]
    public async Task A_deleted_note_stays_deleted_and_what_expires_still_does()
    {
        const string Tenant = "deletes";
        await planet.PlaceAsync(Tenant, "eu", "");
        await planet.WriteAsync(Tenant, "kept", "a", planet.WestEurope);
        await planet.WriteAsync(Tenant, "gone", "b", planet.WestEurope);
        await OrderAsync(Tenant, "world");
        await planet.MovedAsync(Tenant);
        Assert.Equal(HttpStatusCode.NoContent, (await planet.FollowAsync(HttpMethod.Delete, "api/notes/gone", Tenant, planet.WestEurope)).Status);

        await OrderAsync(Tenant, "eu");
        await planet.MovedAsync(Tenant);

        Assert.Equal(["kept"], (await planet.FollowAsync(HttpMethod.Get, "api/notes", Tenant, planet.EastUs)).Body.EnumerateArray().Select(note => note.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task While_a_replica_of_the_new_stamp_does_not_answer_the_tenant_is_served_where_it_was_and_it_goes_afterwards()
    {
        const string Tenant = "waits";
        await planet.PlaceAsync(Tenant, "eu", "");
        await planet.WriteAsync(Tenant, "a", "before", planet.WestEurope);
        await planet.OutageAsync(planet.SoutheastAsia, "refuse");
        try
        {
            await OrderAsync(Tenant, "world");
            for (var note = 0; note < 20; note++)
            {
                Assert.Equal((HttpStatusCode.OK, "eu"), Seen(await planet.WriteAsync(Tenant, $"b-{note}", "meanwhile", planet.NorthEurope)));
                await Task.Delay(50);
            }
        }
        finally
        {
            await planet.OutageAsync(planet.SoutheastAsia, "none");
        }

        Assert.Equal("world", (await planet.MovedAsync(Tenant)).GetProperty("stamp").GetString());
        Assert.Equal(21, (await planet.SendAsync(HttpMethod.Get, "api/notes", planet.EastUs, Tenant)).Body.GetArrayLength());
    }

    [Fact]
    public async Task A_move_that_is_called_off_leaves_nothing_where_it_was_to_go()
    {
        const string Tenant = "stays";
        await planet.PlaceAsync(Tenant, "eu", "EU");
        await planet.WriteAsync(Tenant, "a", "text", planet.WestEurope);
        // It is copied, and comes no further.
        await planet.OutageAsync(planet.SoutheastAsia, "refuse");
        await OrderAsync(Tenant, "world");
        Assert.Equal(HttpStatusCode.OK, (await planet.SendAsync(HttpMethod.Delete, $"_tenants/{Tenant}/move", planet.WestEurope, null)).Status);
        await planet.OutageAsync(planet.SoutheastAsia, "none");

        var entry = await planet.MovedAsync(Tenant);

        Assert.Equal("EU", entry.GetProperty("residency").GetString());
        Assert.Equal(("eu", "it was called off"), (entry.GetProperty("stamp").GetString(), entry.GetProperty("last").GetProperty("undone").GetString()));
        await InProcessPlanet.EventuallyAsync(async () => await planet.WhereAsync(Tenant) == "westeurope 1, northeurope 1, eastus 0, southeastasia 0", "all of it where it was");
        Assert.Equal((HttpStatusCode.OK, "eu"), Seen(await planet.WriteAsync(Tenant, "a", "more", planet.NorthEurope)));
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "eu"), Seen(await planet.WriteAsync(Tenant, "a", "more", planet.EastUs)));
    }

    [Fact]
    public async Task Who_moves_to_where_its_data_has_to_stay_stays_there()
    {
        const string Tenant = "homecoming";
        await planet.PlaceAsync(Tenant, "world", "");
        await planet.WriteAsync(Tenant, "a", "text", planet.EastUs);

        Assert.Equal(HttpStatusCode.OK, (await planet.SendAsync(HttpMethod.Put, $"_tenants/{Tenant}", planet.WestEurope, null, new { stamp = "eu", residency = "EU" })).Status);

        var entry = await planet.MovedAsync(Tenant);
        Assert.Equal(("eu", "EU"), (entry.GetProperty("stamp").GetString(), entry.GetProperty("residency").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await planet.SendAsync(HttpMethod.Put, $"_tenants/{Tenant}", planet.WestEurope, null, new { stamp = "world" })).Status);
    }

    [Fact]
    public async Task What_the_application_wrote_arrives_as_it_was()
    {
        const string Tenant = "whole", Id = "u1";
        await planet.PlaceAsync(Tenant, "eu", "");
        await planet.WriteAsync(Tenant, "a", "text", planet.WestEurope);
        var document = JsonDocument.Parse($$"""{"id":"{{Id}}","tenant":"{{Tenant}}","_kind":"secret","ttl":1000,"n":1e20,"deep":[null,{"x":[0.1,"é"]}]}""").RootElement;
        await planet.Replica(planet.WestEurope, "notes").CreateItemAsync(document, new(Tenant));

        await OrderAsync(Tenant, "world");
        await planet.MovedAsync(Tenant);

        var moved = (await planet.Replica(planet.EastUs, "notes").ReadItemAsync<JsonElement>(Id, new(Tenant))).Resource;
        Assert.All(document.EnumerateObject(), property => Assert.True(JsonElement.DeepEquals(property.Value, moved.GetProperty(property.Name)), property.Name));
    }

    [Fact]
    public async Task A_document_that_no_client_could_delete_keeps_its_tenant_where_it_is_and_no_other()
    {
        const string Tenant = "odd", Other = "even";
        await planet.PlaceAsync(Tenant, "eu", "");
        await planet.PlaceAsync(Other, "eu", "");
        await planet.WriteAsync(Tenant, "a", "text", planet.WestEurope);
        await planet.WriteAsync(Other, "a", "text", planet.WestEurope);
        await planet.Replica(planet.WestEurope, "notes").CreateItemAsync(new { id = "a#b", tenant = Tenant }, new(Tenant));

        await OrderAsync(Tenant, "world");
        await OrderAsync(Other, "world");

        var entry = await planet.MovedAsync(Tenant);
        Assert.Equal(("eu", "'a#b' in 'notes' has an id that no client can address: no /, \\, # or space at the end is allowed"), (entry.GetProperty("stamp").GetString(), entry.GetProperty("last").GetProperty("undone").GetString()));
        Assert.Equal("world", (await planet.MovedAsync(Other)).GetProperty("stamp").GetString());
    }

    [Fact]
    public async Task A_process_that_has_not_been_heard_for_long_answers_nothing_for_tenants_until_it_has_read_everything_again()
    {
        const string Tenant = "heard";
        await planet.PlaceAsync(Tenant, "eu", "");
        await planet.WriteAsync(Tenant, "a", "text", planet.WestEurope);
        var member = planet.Services(planet.WestEurope).GetRequiredService<StampMember>();
        var gaps = member.Gaps;
        await planet.OutageAsync(planet.WestEurope, "refuse");
        try
        {
            await InProcessPlanet.EventuallyAsync(() => Task.FromResult(!member.IsSure), "its silence");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await planet.SendAsync(HttpMethod.Get, "api/notes/a", planet.WestEurope, Tenant)).Status);
        }
        finally
        {
            await planet.OutageAsync(planet.WestEurope, "none");
        }

        await InProcessPlanet.EventuallyAsync(() => Task.FromResult(member.IsSure), "its return");
        Assert.Equal(gaps + 1, member.Gaps);
        Assert.Equal(HttpStatusCode.OK, (await planet.SendAsync(HttpMethod.Get, "api/notes/a", planet.WestEurope, Tenant)).Status);
    }

    [Fact]
    public async Task Who_has_to_stay_does_not_move()
    {
        await planet.PlaceAsync("resident", "eu", "EU");

        var answer = await planet.SendAsync(HttpMethod.Put, "_tenants/resident", planet.EastUs, null, new { stamp = "world" });

        Assert.Equal((HttpStatusCode.Conflict, "The data of 'resident' has to stay in EU, and stamp 'world' is anywhere. An empty residency lets it go."), (answer.Status, answer.Body.GetProperty("detail").GetString()));
    }

    private async Task OrderAsync(string tenant, string stamp)
    {
        var answer = await planet.SendAsync(HttpMethod.Put, $"_tenants/{tenant}", planet.WestEurope, null, new { stamp, residency = "" });
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body.ToString());
    }

    private static (HttpStatusCode Status, string? Stamp) Seen(StampPlanet.Answer answer) => (answer.Status, answer.Stamp);
}
