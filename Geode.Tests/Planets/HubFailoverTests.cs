using System.Diagnostics;
using System.Net.WebSockets;
using Geode.Tests.Api.Mesh;
using Xunit.Abstractions;

namespace Geode.Tests.Planets;

public sealed class HubFailoverTests(PlanetFixture fixture, ITestOutputHelper output) : PlanetTest(fixture)
{
    private const int Questions = 30;

    [Fact]
    public async Task Who_listens_in_a_region_that_dies_goes_on_elsewhere_and_misses_and_hears_twice_nothing()
    {
        var tag = Guid.NewGuid().ToString("N");
        var listener = await InWestEuropeAsync();
        try
        {
            var asking = AskAsync(tag);
            var told = new List<string>();
            Task? killing = null;
            while (told.Count < Questions)
            {
                if (killing is null && told.Count >= Questions / 3)
                    killing = Planet.KillAsync("westeurope");
                try
                {
                    told.AddRange(Titles(await listener.UpdateAsync(), tag));
                }
                catch (WebSocketException)
                {
                    var clock = Stopwatch.StartNew();
                    listener = await AgainAsync(listener);
                    output.WriteLine($"{clock.Elapsed.TotalMilliseconds:0} ms without a connection; then in {listener.ServedBy}");
                }
            }

            await (killing ?? throw new InvalidOperationException("Nothing was killed."));
            await asking;
            Assert.Equal(Enumerable.Range(0, Questions).Select(i => $"{tag} {i}").Order(), told.Order());
            Assert.NotEqual("westeurope", listener.ServedBy);
            Assert.False(listener.WasReset);
        }
        finally
        {
            await listener.DisposeAsync();
        }
    }

    /// <summary>A geode that has just come back gets only a trickle at first.</summary>
    private async Task<HubClient> InWestEuropeAsync()
    {
        HubClient? listener = null;
        await Eventually.TrueAsync(
            async () =>
            {
                if (listener is not null)
                    await listener.DisposeAsync();
                listener = await HubClient.FollowAsync(Planet.Router, cursor: null, from: "amsterdam");
                return listener.ServedBy == "westeurope";
            },
            () => "Nobody in Amsterdam is ever connected to westeurope.");
        return listener!;
    }

    /// <summary>Of the region that survives: what the other one has accepted and not passed on waits for its return.</summary>
    private async Task AskAsync(string tag)
    {
        using var asker = Visitor();
        for (var i = 0; i < Questions; i++)
            await asker.AskAsync($"{tag} {i}", at: Fixture.Geode("eastus"));
    }

    /// <summary>As a page does: again, at once, until somebody takes it.</summary>
    private async Task<HubClient> AgainAsync(HubClient lost)
    {
        var cursor = lost.Cursor;
        await lost.DisposeAsync();
        HubClient? found = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    found = await HubClient.FollowAsync(Planet.Router, cursor, from: "amsterdam");
                    return true;
                }
                catch (WebSocketException)
                {
                    return false;
                }
            },
            () => "No geode takes the listener.");
        return found!;
    }

    private static IEnumerable<string> Titles(IEnumerable<System.Text.Json.JsonElement> changes, string tag) =>
        from change in changes
        where change.GetProperty("kind").GetString() == "question"
        let title = change.GetProperty("title").GetString()!
        where title.StartsWith(tag, StringComparison.Ordinal)
        select title;
}
