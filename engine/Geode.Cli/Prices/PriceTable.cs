using System.Globalization;
using System.Text;
using Geode.Foresight.Costs;

namespace Geode.Cli.Prices;

/// <summary>A table of prices, as <see cref="PriceList"/> reads it.</summary>
internal static class PriceTable
{
    /// <summary>Asks the list for every meter in every region.</summary>
    /// <param name="regions">Their names.</param>
    /// <param name="date">On which it is asked.</param>
    /// <returns>CSV, and what the list has no price for.</returns>
    /// <exception cref="CliException">The list fails; there is no half table.</exception>
    public static async Task<(string Csv, IReadOnlyList<string> Missing)> AskAsync(RetailPrices list, Uri url, IReadOnlyList<string> regions, DateOnly date, CancellationToken cancellation)
    {
        var (csv, missing) = (new StringBuilder("meter,region,price,date,source\n"), new List<string>());
        foreach (var meter in RetailMeter.All)
        {
            foreach (var region in meter.Zone is null ? regions : [PriceList.Everywhere])
            {
                if (await list.OfAsync(meter, region, cancellation) is { } price)
                    csv.Append(CultureInfo.InvariantCulture, $"{meter.Meter.Name},{region},{price:0.##########},{date:yyyy-MM-dd},\"{url} ({meter.Filter(region)})\"\n");
                else
                    missing.Add($"{meter.Meter.Name} in {meter.Zone ?? region}");
            }
        }

        return (csv.ToString(), missing);
    }
}
