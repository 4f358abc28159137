using Geode.Foresight.Costs;

namespace Geode.Cli.Commands;

/// <summary>A user's own tables of prices and grids, where given.</summary>
internal static class PriceFiles
{
    /// <exception cref="CliException">One line that names the file, the place and the fault.</exception>
    public static PlanPrices Read(FileInfo? prices, FileInfo? intensity, InstanceShape shape)
    {
        try
        {
            return PlanPrices.Read(Text(prices), Text(intensity), shape);
        }
        catch (FormatException e)
        {
            throw new CliException(e.Message, e);
        }
    }

    /// <returns>Null: none is given.</returns>
    /// <exception cref="CliException">One line that names the file, the place and the fault.</exception>
    public static PriceList? Read(FileInfo? prices)
    {
        try
        {
            return prices is null ? null : PriceList.Read(InputFile.Read(prices), prices.Name);
        }
        catch (FormatException e)
        {
            throw new CliException(e.Message, e);
        }
    }

    private static (string Name, string Text)? Text(FileInfo? file) => file is null ? null : (file.Name, InputFile.Read(file));
}
