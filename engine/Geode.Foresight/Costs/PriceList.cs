namespace Geode.Foresight.Costs;

/// <summary>A dated table of prices by meter and region, in US dollars.</summary>
public sealed class PriceList
{
    /// <summary>The region of what has one price everywhere.</summary>
    public const string Everywhere = "global";

    private static readonly string[] Columns = ["meter", "region", "price", "date", "source"];
    private readonly Dictionary<(string Meter, string Region), Price> _prices;

    private PriceList(Dictionary<(string, string), Price> prices) => _prices = prices;

    /// <summary>The table that ships: <c>azure-prices.csv</c>.</summary>
    public static PriceList Shipped { get; } = Read(DatedTable.Resource("azure-prices.csv").Text, "azure-prices.csv");

    /// <param name="text">Of the file: CSV of <c>meter,region,price,date,source</c>.</param>
    /// <param name="name">Of the file, for errors.</param>
    /// <exception cref="FormatException">One line that names the place, the fault and what is allowed.</exception>
    public static PriceList Read(string text, string name)
    {
        var prices = new Dictionary<(string, string), Price>();
        foreach (var row in DatedTable.Read(text, name, Columns))
        {
            var (meter, region) = (row["meter"], row["region"].ToLowerInvariant());
            if (Meter.All.All(m => m.Name != meter))
                throw new FormatException($"{row.Place}: there is no meter '{meter}'; allowed are {string.Join(", ", Meter.All.Select(m => m.Name))}.");
            if (!prices.TryAdd((meter, region), new(row.Figure("price"), row["date"], row["source"])))
                throw new FormatException($"{row.Place}: '{meter}' of region '{region}' is there twice.");
        }

        return new(prices);
    }

    /// <summary>What one unit costs there; null: there is no price.</summary>
    public Price? Of(Meter meter, string region) =>
        _prices.GetValueOrDefault((meter.Name, region.ToLowerInvariant())) ?? _prices.GetValueOrDefault((meter.Name, Everywhere));
}

/// <param name="Dollars">Of one unit.</param>
/// <param name="Date">A day or a year.</param>
/// <param name="Source">Where anyone can look it up.</param>
public sealed record Price(double Dollars, string Date, string Source);
