using Geode.Foresight.Costs;

namespace Geode.Cli.Cost;

/// <summary>A line of a month's bill.</summary>
/// <param name="Region">Null: the planet as a whole.</param>
/// <param name="Service">As people call it.</param>
/// <param name="Quantity">In the meter's units.</param>
/// <param name="Price">Null: there is none, and the line is in no sum.</param>
/// <param name="Times">What the price is multiplied by besides, 1 mostly.</param>
internal sealed record CostLine(string? Region, string Service, Meter Meter, double Quantity, Price? Price, double Times = 1)
{
    public double? Dollars => Quantity * Times * Price?.Dollars;
}
