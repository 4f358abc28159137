namespace Geode.Foresight.Costs;

/// <summary>What instances cost and emit, by region, from dated tables: those that ship, or a user's own.</summary>
/// <remarks>Embodied emissions of machines, networks and the store are not in it, nor free grants and discounts: it compares plans, it is no bill.
/// The average intensity of a year says nothing of an hour.</remarks>
public sealed class PlanPrices
{
    private static readonly string[] PriceColumns = ["vcpuSecond", "gibSecond"];
    private static readonly string[] IntensityColumns = ["gramsPerKwh"];
    private readonly IReadOnlyDictionary<string, RegionFigures> _prices;
    private readonly IReadOnlyDictionary<string, RegionFigures> _intensity;
    private readonly InstanceShape _shape;

    private PlanPrices(IReadOnlyDictionary<string, RegionFigures> prices, IReadOnlyDictionary<string, RegionFigures> intensity, InstanceShape shape) =>
        (_prices, _intensity, _shape) = (prices, intensity, shape);

    /// <summary>The tables that ship: <c>container-apps-prices.csv</c> and <c>grid-intensity.csv</c>.</summary>
    /// <param name="shape">What an instance takes.</param>
    public static PlanPrices Shipped(InstanceShape shape) => Read(null, null, shape);

    /// <summary>A user's own tables, in the form of those that ship.</summary>
    /// <param name="prices">A file's name and text; null: what ships.</param>
    /// <param name="intensity">Likewise.</param>
    /// <param name="shape">What an instance takes.</param>
    /// <exception cref="FormatException">One line that names the place, the fault and what is allowed.</exception>
    public static PlanPrices Read((string Name, string Text)? prices, (string Name, string Text)? intensity, InstanceShape shape)
    {
        var (priceFile, intensityFile) = (prices ?? Resource("container-apps-prices.csv"), intensity ?? Resource("grid-intensity.csv"));
        return new(RegionTable.Read(priceFile.Text, priceFile.Name, PriceColumns), RegionTable.Read(intensityFile.Text, intensityFile.Name, IntensityColumns), shape);
    }

    /// <summary>US dollars for an instance and hour; null: there is no figure.</summary>
    public double? DollarsPerHour(string region) => _prices.TryGetValue(region, out var found)
        ? 3600 * (_shape.Vcpus * found.Values["vcpuSecond"] + _shape.Gib * found.Values["gibSecond"])
        : null;

    /// <summary>Grams of CO₂ equivalent for an instance and hour; null: there is no figure.</summary>
    /// <param name="region">Its name.</param>
    /// <param name="utilisation">Of the instance, 0 to 1.</param>
    public double? GramsPerHour(string region, double utilisation) =>
        _intensity.TryGetValue(region, out var found) ? _shape.KilowattHours(utilisation) * found.Values["gramsPerKwh"] : null;

    /// <summary>Where the figures of a region are from, a sentence for each; a missing one is named.</summary>
    public IReadOnlyList<string> Sources(string region) =>
    [
        _prices.TryGetValue(region, out var price) ? $"{region}: price of {price.Date}, {price.Source}" : $"{region}: no price is known",
        _intensity.TryGetValue(region, out var grid) ? $"{region}: grid intensity of {grid.Date}, {grid.Source}" : $"{region}: no grid intensity is known",
    ];

    private static (string Name, string Text) Resource(string name)
    {
        using var stream = typeof(PlanPrices).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return (name, reader.ReadToEnd());
    }
}
