namespace Geode.Foresight.Costs;

/// <summary>What instances cost and emit, by region, from dated tables: those that ship, or a user's own.</summary>
/// <remarks>Embodied emissions of machines, networks and the store are not in it, nor free grants and discounts: it compares plans, it is no bill.
/// The average intensity of a year says nothing of an hour.</remarks>
public sealed class PlanPrices
{
    private static readonly string[] IntensityColumns = ["region", "gramsPerKwh", "date", "source"];
    private readonly PriceList _prices;
    private readonly Dictionary<string, (double Grams, DatedRow Row)> _intensity;
    private readonly InstanceShape _shape;

    private PlanPrices(PriceList prices, Dictionary<string, (double, DatedRow)> intensity, InstanceShape shape) => (_prices, _intensity, _shape) = (prices, intensity, shape);

    /// <summary>The tables that ship: <c>azure-prices.csv</c> and <c>grid-intensity.csv</c>.</summary>
    /// <param name="shape">What an instance takes.</param>
    public static PlanPrices Shipped(InstanceShape shape) => Read(null, null, shape);

    /// <summary>A user's own tables, in the form of those that ship.</summary>
    /// <param name="prices">A file's name and text; null: what ships.</param>
    /// <param name="intensity">Likewise.</param>
    /// <param name="shape">What an instance takes.</param>
    /// <exception cref="FormatException">One line that names the place, the fault and what is allowed.</exception>
    public static PlanPrices Read((string Name, string Text)? prices, (string Name, string Text)? intensity, InstanceShape shape)
    {
        var file = intensity ?? DatedTable.Resource("grid-intensity.csv");
        var grids = new Dictionary<string, (double, DatedRow)>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in DatedTable.Read(file.Text, file.Name, IntensityColumns))
        {
            if (!grids.TryAdd(row["region"], (row.Figure("gramsPerKwh"), row)))
                throw new FormatException($"{row.Place}: region '{row["region"]}' is there twice.");
        }

        return new(prices is { } given ? PriceList.Read(given.Text, given.Name) : PriceList.Shipped, grids, shape);
    }

    /// <summary>US dollars for an instance and hour; null: there is no figure.</summary>
    public double? DollarsPerHour(string region) =>
        3600 * (_shape.Vcpus * _prices.Of(Meter.VcpuSecond, region)?.Dollars + _shape.Gib * _prices.Of(Meter.GibSecond, region)?.Dollars);

    /// <summary>Grams of CO₂ equivalent for an instance and hour; null: there is no figure.</summary>
    /// <param name="region">Its name.</param>
    /// <param name="utilisation">Of the instance, 0 to 1.</param>
    public double? GramsPerHour(string region, double utilisation) =>
        _intensity.TryGetValue(region, out var found) ? _shape.KilowattHours(utilisation) * found.Grams : null;

    /// <summary>Where the figures of a region are from, a sentence for each; a missing one is named.</summary>
    public IReadOnlyList<string> Sources(string region) =>
    [
        _prices.Of(Meter.VcpuSecond, region) is { } price ? $"{region}: price of {price.Date}, {price.Source}" : $"{region}: no price is known",
        _intensity.TryGetValue(region, out var grid) ? $"{region}: grid intensity of {grid.Row["date"]}, {grid.Row["source"]}" : $"{region}: no grid intensity is known",
    ];
}
