using System.Net;
using System.Text.Json;
using Geode.Cli.Prices;
using Geode.Foresight.Costs;

namespace Geode.Cli.Tests.Prices;

public sealed class PriceTableTests
{
    private static readonly Uri List = new("https://prices.example/api/retail/prices");
    private static readonly DateOnly Day = new(2026, 11, 30);

    [Fact]
    public async Task Every_meter_is_asked_for_in_every_region_and_the_table_can_be_read()
    {
        var stub = new StubList(filter => filter.Contains("'Log Analytics'") && filter.Contains("'eastus'") ? [] : [Line(filter, 0.5)]);
        var (csv, missing) = await AskAsync(stub, "westeurope", "eastus");

        var prices = PriceList.Read(csv, "p.csv");
        foreach (var meter in Meter.All)
            Assert.Equal((0.5, "2026-11-30"), prices.Of(meter, "westeurope") is { } price ? (price.Dollars, price.Date) : default);
        Assert.Equal(["logs-gb in eastus"], missing);
        Assert.Null(prices.Of(Meter.LogsGb, "eastus"));
        Assert.Equal(6 * 2 + 3, stub.Asked.Count);
    }

    [Fact]
    public async Task Pages_are_followed_and_the_right_tier_and_sku_are_taken()
    {
        var stub = new StubList(filter => filter.Contains("'Data Stored'")
            ? [Line(filter, 9) with { SkuName = "Free Tier" }, Line(filter, 0.25)]
            : [Line(filter, 0) with { TierMinimumUnits = filter.Contains("Log Analytics") ? 0 : 77 }, Line(filter, 0.5)])
        {
            PageSize = 1,
        };
        var prices = PriceList.Read((await AskAsync(stub, "westeurope")).Csv, "p.csv");

        Assert.Equal(0.25, prices.Of(Meter.StoredGbMonth, "westeurope")!.Dollars);
        Assert.Equal(0.5, prices.Of(Meter.LogsGb, "westeurope")!.Dollars);
    }

    [Fact]
    public async Task Two_prices_that_nothing_tells_apart_are_refused() =>
        Assert.Contains("2 prices of 'Standard vCPU Active Usage' in westeurope", (await Assert.ThrowsAsync<CliException>(() =>
            AskAsync(new(filter => [Line(filter, 1), Line(filter, 2)]), "westeurope"))).Message);

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "", "cannot be read")]
    [InlineData(HttpStatusCode.OK, "<html>", "cannot be read")]
    [InlineData(HttpStatusCode.OK, "{}", "answers without Items")]
    [InlineData(HttpStatusCode.OK, """{ "Items": [], "NextPageLink": "https://elsewhere.example/" }""", "which is another server")]
    [InlineData(HttpStatusCode.OK, """{ "Items": [], "NextPageLink": "?again" }""", "goes on after 20 pages")]
    public async Task A_list_that_fails_is_said_in_one_line(HttpStatusCode status, string body, string fault)
    {
        var refused = await Assert.ThrowsAsync<CliException>(() => AskAsync(new(_ => []) { Always = (status, body) }, "westeurope"));
        Assert.Contains(fault, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static async Task<(string Csv, IReadOnlyList<string> Missing)> AskAsync(StubList stub, params string[] regions)
    {
        using var http = new HttpClient(stub);
        return await PriceTable.AskAsync(new(http, List), List, regions, Day, default);
    }

    private static StubLine Line(string filter, double price)
    {
        var meter = RetailMeter.All.Single(m => filter.Contains($"meterName eq '{m.Name}'") && filter.Contains($"serviceName eq '{m.Service}'"));
        return new(meter.Name, meter.Sku, "USD", meter.From, price);
    }

    private sealed record StubLine(string MeterName, string SkuName, string CurrencyCode, double TierMinimumUnits, double RetailPrice);

    /// <summary>Answers as the list is documented to.</summary>
    private sealed class StubList(Func<string, StubLine[]> lines) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        public int PageSize { get; init; } = 100;

        public (HttpStatusCode Status, string Body)? Always { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Always is { } always)
                return Task.FromResult(new HttpResponseMessage(always.Status) { Content = new StringContent(always.Body, null, "application/json") });
            var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
            var (filter, skip) = (query["$filter"]!, int.Parse(query["$skip"] ?? "0", System.Globalization.CultureInfo.InvariantCulture));
            if (skip == 0)
                Asked.Add(filter);
            var all = lines(filter);
            var next = skip + PageSize < all.Length ? $"{List}?$filter={Uri.EscapeDataString(filter)}&$skip={skip + PageSize}" : null;
            var page = JsonSerializer.Serialize(new { Items = all.Skip(skip).Take(PageSize), NextPageLink = next });
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(page, null, "application/json") });
        }
    }
}
