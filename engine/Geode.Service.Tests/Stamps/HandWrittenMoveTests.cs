using System.Net;
using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Service.Stamps;
using Geode.Topology;

namespace Geode.Service.Tests.Stamps;

/// <summary>Moves that somebody wrote into the directory by hand, and wrongly: nothing is lost, the tenant is served, and others move.</summary>
[Collection(StampPlanetCollection.Name)]
public sealed class HandWrittenMoveTests(StampPlanet planet)
{
    private const string Alone = "westeurope 1, northeurope 1, eastus 0, southeastasia 0";

    [Theory]
    [InlineData("same", "eu", "eu", "copying", "it is from 'eu' to 'eu', which is the same stamp")]
    [InlineData("astray", "world", "eu", "copying", "the tenant is in stamp 'eu', and a move from 'world' to 'eu' that is copying is of one in 'world'")]
    [InlineData("elsewhere", "world", "world", "copying", "it is from 'world' to 'world', which is the same stamp")]
    [InlineData("unknown", "mars", "eu", "copying", "there is no stamp 'mars'")]
    [InlineData("nameless", null, "eu", "copying", "there is no stamp ''")]
    [InlineData("nowhere", "eu", "mars", "pausing", "there is no stamp 'mars'")]
    [InlineData("undone", "world", "eu", "undoing", "the tenant is in stamp 'eu', and a move from 'world' to 'eu' that is undoing is of one in 'world'")]
    [InlineData("opened", "eu", "world", "opening", "the tenant is in stamp 'eu', and a move from 'eu' to 'world' that is opening is of one in 'world'")]
    [InlineData("cleaned", "eu", "world", "cleaning", "the tenant is in stamp 'eu', and a move from 'eu' to 'world' that is cleaning is of one in 'world'")]
    [InlineData("capital", "eu", "world", "Copying", "'Copying' is no phase of a move; there are copying, pausing, closing, opening, cleaning, undoing")]
    [InlineData("paused", "eu", "world", "pausing", "stamp 'world' says of the tenant 'unknown', which it does not during a move from 'eu' to 'world' that is pausing")]
    [InlineData("closed", "eu", "world", "closing", "stamp 'eu' says of the tenant 'here', which it does not during a move from 'eu' to 'world' that is closing")]
    public async Task It_ends_with_the_reason_and_the_tenant_stays_as_it_is(string name, string? from, string to, string phase, string why)
    {
        var tenant = $"hand-{name}";
        await PlaceAsync(tenant);

        await WriteAsync(tenant, entry => entry with { Move = new(from!, to, phase, DateTimeOffset.UtcNow) });

        Assert.Equal((why, "eu"), await EndedAsync(tenant));
        Assert.Equal(Alone, await planet.WhereAsync(tenant));
        Assert.Equal(HttpStatusCode.OK, (await planet.SendAsync(HttpMethod.Get, "api/notes/a", planet.WestEurope, tenant)).Status);
        Assert.Equal(HttpStatusCode.OK, (await planet.WriteAsync(tenant, "a", "more", planet.NorthEurope)).Status);
    }

    [Theory]
    [InlineData(MovePhases.Opening)]
    [InlineData(MovePhases.Cleaning)]
    public async Task What_was_never_copied_is_not_deleted_though_the_directory_says_that_it_has_gone(string phase)
    {
        var tenant = $"hand-never-{phase}";
        await PlaceAsync(tenant);

        await WriteAsync(tenant, entry => entry with { Stamp = "world", Move = new("eu", "world", phase, DateTimeOffset.UtcNow) });

        Assert.Equal(($"stamp 'eu' says of the tenant 'here', which it does not during a move from 'eu' to 'world' that is {phase}", "world"), await EndedAsync(tenant));
        Assert.Equal(Alone, await planet.WhereAsync(tenant));
    }

    [Theory]
    [InlineData(MovePhases.Copying)]
    [InlineData(MovePhases.Undoing)]
    public async Task Where_it_is_served_nothing_of_it_is_deleted_though_the_directory_says_that_it_is_elsewhere(string phase)
    {
        var tenant = $"hand-there-{phase}";
        await PlaceAsync(tenant);

        await WriteAsync(tenant, entry => entry with { Stamp = "world", Move = new("world", "eu", phase, DateTimeOffset.UtcNow) });

        Assert.Equal(($"stamp 'eu' says of the tenant 'here', which it does not during a move from 'world' to 'eu' that is {phase}", "world"), await EndedAsync(tenant));
        Assert.Equal(Alone, await planet.WhereAsync(tenant));
    }

    [Fact]
    public async Task What_cannot_be_read_keeps_nobody_else_from_moving()
    {
        await planet.PlaceAsync("hand-good", "eu", "");
        var (whole, region) = (planet.Planet, planet.WestEurope.InDirectory());
        using var clients = new BackplaneClients(whole.Directory(), region, BackplaneConnection.Parse(PlanetEnvironment.ConnectionString(whole, region)));
        var tenants = clients.MeetingPoint.GetContainer(TenantDirectory.ContainerName);
        var unread = JsonDocument.Parse("""{"id":"hand-unread","stamp":"eu","move":{"from":"eu","to":"world","phase":"copying","since":"soon"}}""").RootElement;
        await tenants.CreateItemAsync(unread, new("hand-unread"));
        try
        {
            await planet.PlaceAsync("hand-good", "world", "");
            Assert.Equal("world", (await planet.MovedAsync("hand-good")).GetProperty("stamp").GetString());
        }
        finally
        {
            await tenants.DeleteItemAsync<JsonElement>("hand-unread", new("hand-unread"));
        }
    }

    private async Task PlaceAsync(string tenant)
    {
        await planet.PlaceAsync(tenant, "eu", "");
        Assert.Equal(HttpStatusCode.OK, (await planet.WriteAsync(tenant, "a", "text", planet.WestEurope)).Status);
        await InProcessPlanet.EventuallyAsync(async () => await planet.WhereAsync(tenant) == Alone, "the note in its stamp");
    }

    private async Task<(string? Why, string? Stamp)> EndedAsync(string tenant)
    {
        var entry = await planet.MovedAsync(tenant);
        return (entry.GetProperty("last").TryGetProperty("undone", out var why) ? why.GetString() : null, entry.GetProperty("stamp").GetString());
    }

    private async Task WriteAsync(string tenant, Func<DirectoryEntry, DirectoryEntry> change)
    {
        var (entry, etag) = (await Directory().FindAsync(tenant, default))!.Value;
        Assert.True(await Directory().TryReplaceAsync(change(entry), etag, default));
    }

    private TenantDirectory Directory() => planet.Services(planet.WestEurope).GetRequiredService<TenantDirectory>();
}
