using System.Net;
using System.Text.Json;
using Geode.Topology;

namespace Geode.Service.Tests.Recipes;

[Collection(RecipePlanetCollection.Name)]
public sealed class TelemetryTests(RecipePlanet planet) : IDisposable
{
    private static readonly DateTimeOffset ThisHour = new(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(3) };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Readings_taken_at_sea_are_in_their_hours_everywhere_once_the_link_is_back_and_once()
    {
        await planet.LinksOfAsync(planet.Ship, "down");
        try
        {
            // Hours ago and not in order, and all of it twice: a device that got no answer sends again.
            foreach (var hoursAgo in new[] { 2, 5, 3, 5 })
            {
                await SendAsync("engine", planet.Ship, hoursAgo, [10, 20, 30, 40]);
                await SendAsync("engine", planet.Ship, hoursAgo, [10, 20, 30, 40]);
            }

            await InProcessPlanet.EventuallyAsync(async () => await HoursAsync("engine", planet.Ship) == "-2: 4 (4 late) 10..25..40, -3: 4 (4 late) 10..25..40, -5: 4 (4 late) 10..25..40", "the hours aboard");
            Assert.Equal("", await HoursAsync("engine", planet.Europe));
            // Ashore somebody has read the same engine in one of these hours.
            await SendAsync("engine", planet.Europe, 3, [90], from: 30);
        }
        finally
        {
            await planet.LinksOfAsync(planet.Ship, "up");
        }

        foreach (var region in planet.Planet.Regions)
        {
            await InProcessPlanet.EventuallyAsync(
                async () => await HoursAsync("engine", region) == "-2: 4 (4 late) 10..25..40, -3: 5 (5 late) 10..38..90, -5: 4 (4 late) 10..25..40", $"the hours in {region}");
            await InProcessPlanet.EventuallyAsync(async () => await ReceivedAsync("engine", region) == "ship 12, westeurope 1", $"who received them, in {region}");
        }
    }

    [Fact]
    public async Task What_comes_in_its_hour_is_not_late()
    {
        var now = DateTimeOffset.UtcNow;
        await planet.SendAsync(_client, HttpMethod.Post, "api/devices/clock/readings", planet.Europe, new[] { new { at = now, value = 1.5 } });

        await InProcessPlanet.EventuallyAsync(async () => (await HoursOfAsync("clock", planet.America)) is [var hour] && hour.GetProperty("late").GetInt32() == 0, "one hour without late readings");
    }

    [Theory]
    [InlineData("pump", """[]""", "readings: 0 are not possible; send 1 to 100 at once.")]
    [InlineData("pump", """[{"at":"2020-01-01T00:00:00Z","value":1}]""", "[0].at: A moment of the last 30 days, at most 5 minutes ahead: 2026-11-30T14:05:00Z.")]
    [InlineData("pump", """[{"at":"2999-01-01T00:00:00Z","value":1}]""", "[0].at: A moment of the last 30 days, at most 5 minutes ahead: 2026-11-30T14:05:00Z.")]
    [InlineData("p.u", """[{"value":1}]""", "device: 'p.u' is no name; allowed are 1 to 40 letters, digits and hyphens.")]
    public async Task What_is_wrong_is_said(string device, string readings, string detail)
    {
        var (status, problem) = await planet.SendAsync(_client, HttpMethod.Post, $"api/devices/{device}/readings", planet.Europe, JsonDocument.Parse(readings).RootElement);

        Assert.Equal((HttpStatusCode.BadRequest, detail), (status, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Of_some_readings_with_one_that_is_wrong_none_is_kept()
    {
        var (status, problem) = await planet.SendAsync(
            _client, HttpMethod.Post, "api/devices/valve/readings", planet.Europe, new object[] { new { at = ThisHour, value = 1 }, new { at = ThisHour } });

        Assert.Equal((HttpStatusCode.BadRequest, "[1].value: A number."), (status, problem.GetProperty("detail").GetString()));
        var good = await planet.SendAsync(_client, HttpMethod.Post, "api/devices/valve/readings", planet.Europe, new[] { new { at = ThisHour, value = 1 } });
        Assert.Equal(1, good.Body.GetProperty("stored").GetInt32());
    }

    private async Task SendAsync(string device, Region at, int hoursAgo, double[] values, int from = 0)
    {
        var readings = values.Select((value, minute) => new { at = ThisHour.AddHours(-hoursAgo).AddMinutes(from + minute), value });
        Assert.Equal(HttpStatusCode.Accepted, (await planet.SendAsync(_client, HttpMethod.Post, $"api/devices/{device}/readings", at, readings)).Status);
    }

    private async Task<IReadOnlyList<JsonElement>> HoursOfAsync(string device, Region at) =>
        [.. (await planet.SendAsync(_client, HttpMethod.Get, $"api/devices/{device}/hours", at)).Body.EnumerateArray()];

    private async Task<string> HoursAsync(string device, Region at) => string.Join(", ", (await HoursOfAsync(device, at)).Select(hour => FormattableString.Invariant(
        $"{(int)Math.Round((DateTimeOffset.Parse(hour.GetProperty("hour").GetString() + ":00:00Z") - ThisHour).TotalHours)}: {hour.GetProperty("count").GetInt32()} ({hour.GetProperty("late").GetInt32()} late) {hour.GetProperty("min").GetDouble()}..{hour.GetProperty("mean").GetDouble()}..{hour.GetProperty("max").GetDouble()}")));

    private async Task<string> ReceivedAsync(string device, Region at)
    {
        var (_, body) = await planet.SendAsync(_client, HttpMethod.Get, "api/readings/received", at);
        return body.TryGetProperty(device, out var regions)
            ? string.Join(", ", regions.EnumerateObject().OrderBy(of => of.Name, StringComparer.Ordinal).Select(of => $"{of.Name} {of.Value.GetInt64()}"))
            : "";
    }
}
