using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Functions of doubles.</summary>
internal static class MathFunctions
{
    // More decimals than a double has digits round to the number itself.
    private const int MostDecimals = 15;

    public static void Register(FunctionTable table)
    {
        table.Number("ABS", Math.Abs);
        table.Number("ACOS", Math.Acos);
        table.Number("ASIN", Math.Asin);
        table.Number("ATAN", Math.Atan);
        table.Number("ATN2", Math.Atan2);
        table.Number("CEILING", Math.Ceiling);
        table.Number("COS", Math.Cos);
        table.Number("COT", number => 1 / Math.Tan(number));
        table.Number("DEGREES", number => number * (180 / Math.PI));
        table.Number("EXP", Math.Exp);
        table.Number("FLOOR", Math.Floor);
        table.Number("LOG10", Math.Log10);
        table.Number("POWER", Math.Pow);
        table.Number("RADIANS", number => number * (Math.PI / 180));
        table.Number("SIN", Math.Sin);
        table.Number("SQRT", Math.Sqrt);
        table.Number("SQUARE", number => number * number);
        table.Number("TAN", Math.Tan);
        table.Number("TRUNC", Math.Truncate);
        table.Number("SIGN", number => double.IsNaN(number) ? number : Math.Sign(number));
        table.Add("LOG", 1, 2, (arguments, _) => Numbers(arguments, Math.Log, Logarithm));
        table.Add("ROUND", 1, 2, (arguments, _) => Numbers(arguments, number => Round(number, 0), Round));
        table.Add("NumberBin", 1, 2, (arguments, _) => Numbers(arguments, number => Bin(number, 1), Bin));
        table.Add("PI", 0, 0, (_, _) => SqlValue.From(Math.PI));
        table.Add("RAND", 0, 0, (_, _) => SqlValue.From(Random.Shared.NextDouble()), pure: false);
    }

    private static SqlValue Numbers(ReadOnlySpan<SqlValue> arguments, Func<double, double> one, Func<double, double, double?> two)
    {
        if (!arguments[0].IsNumber || (arguments.Length == 2 && !arguments[1].IsNumber))
        {
            return SqlValue.Undefined;
        }

        var result = arguments.Length == 1 ? one(arguments[0].Number) : two(arguments[0].Number, arguments[1].Number);
        return result is { } number ? SqlValue.From(number) : SqlValue.Undefined;
    }

    private static double? Logarithm(double number, double newBase) => newBase == 10 ? Math.Log10(number) : Math.Log(number) / Math.Log(newBase);

    private static double Round(double number, int decimals) => Math.Round(number, decimals, MidpointRounding.AwayFromZero);

    private static double? Round(double number, double decimals)
    {
        if (Math.Truncate(decimals) != decimals)
        {
            return null;
        }

        if (decimals > MostDecimals)
        {
            return number;
        }

        var places = (int)Math.Max(decimals, -308);
        return places >= 0 ? Round(number, places) : Round(number / Math.Pow(10, -places), 0) * Math.Pow(10, -places);
    }

    private static double Bin(double number, int size) => Math.Floor(number / size) * size;

    private static double? Bin(double number, double size) => size == 0 ? null : Math.Floor(number / size) * size;
}
