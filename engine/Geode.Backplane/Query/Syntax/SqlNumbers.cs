using System.Globalization;

namespace Geode.Backplane.Query.Syntax;

/// <summary>
/// Prints numbers as Cosmos DB's planner does: whole numbers in C's <c>%.17g</c>; others in <c>%.15g</c> where that reads back
/// the same, else in <c>%.17g</c>.
/// </summary>
internal static class SqlNumbers
{
    public static string Format(SqlNumberLiteral literal) => literal.Integer is { } integer
        ? integer.ToString(CultureInfo.InvariantCulture)
        : Format(literal.Value);

    public static string Format(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0) return double.IsNegative(value) ? "-0" : "0";
        if (Math.Floor(value) == value) return General(value, 17);
        var brief = General(value, 15);
        return double.Parse(brief, NumberStyles.Float, CultureInfo.InvariantCulture) == value ? brief : General(value, 17);
    }

    private static string General(double value, int digits)
    {
        var scientific = value.ToString("e" + (digits - 1), CultureInfo.InvariantCulture);
        var mark = scientific.IndexOf('e', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= digits)
        {
            var mantissa = TrimZeros(scientific[..mark]);
            return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        return TrimZeros(value.ToString("f" + (digits - 1 - exponent), CultureInfo.InvariantCulture));
    }

    private static string TrimZeros(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
}
