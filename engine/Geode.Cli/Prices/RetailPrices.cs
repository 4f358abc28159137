using System.Net.Http.Json;
using System.Text.Json;

namespace Geode.Cli.Prices;

/// <summary>Azure's public price list, <see href="https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices"/>. It needs no account.</summary>
internal sealed class RetailPrices(HttpClient http, Uri list)
{
    // A filter of one meter and region has a few lines; more pages than these are no answer to it.
    private const int MostPages = 20;

    /// <summary>The price of a meter in a region, in US dollars; null: the list has none there.</summary>
    /// <exception cref="CliException">The list does not answer, or with something else, or has several prices that nothing tells apart.</exception>
    public async Task<double?> OfAsync(RetailMeter meter, string region, CancellationToken cancellation)
    {
        var lines = (await LinesAsync(meter.Filter(region), cancellation)).Where(l => l.MeterName == meter.Name && l.TierMinimumUnits == meter.From && l.CurrencyCode == "USD").ToList();
        if (lines.Exists(l => l.SkuName == meter.Sku))
            lines.RemoveAll(l => l.SkuName != meter.Sku);
        var prices = lines.Select(l => l.RetailPrice).Distinct().ToList();
        return prices.Count <= 1
            ? prices.Count == 1 ? prices[0] : null
            : throw new CliException($"{list} has {prices.Count} prices of '{meter.Name}' in {meter.Zone ?? region}, and nothing that tells them apart.");
    }

    private async Task<List<Line>> LinesAsync(string filter, CancellationToken cancellation)
    {
        var (lines, next) = (new List<Line>(), (Uri?)new Uri(list, $"?api-version=2023-01-01-preview&$filter={Uri.EscapeDataString(filter)}"));
        for (var page = 0; next is not null; page++)
        {
            if (page == MostPages)
                throw new CliException($"{list} goes on after {MostPages} pages for one meter in one region.");
            if (next.Authority != list.Authority)
                throw new CliException($"{list} goes on at {next.Authority}, which is another server.");
            var answer = await PageAsync(next, cancellation);
            lines.AddRange(answer.Items ?? throw new CliException($"{list} answers without Items: is it a price list?"));
            next = string.IsNullOrEmpty(answer.NextPageLink) ? null : Uri.TryCreate(list, answer.NextPageLink, out var link) ? link : throw new CliException($"{list} goes on at '{answer.NextPageLink}', which is no address.");
        }

        return lines;
    }

    private async Task<Page> PageAsync(Uri url, CancellationToken cancellation)
    {
        try
        {
            return await http.GetFromJsonAsync<Page>(url, cancellation) ?? new(null, null);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or NotSupportedException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CliException($"{list} cannot be read: {e.Message}", e);
        }
    }

    private sealed record Page(List<Line>? Items, string? NextPageLink);

    private sealed record Line(string? MeterName, string? SkuName, string? CurrencyCode, double TierMinimumUnits, double RetailPrice);
}
