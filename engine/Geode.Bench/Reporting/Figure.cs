using System.Globalization;

namespace Geode.Bench.Reporting;

/// <summary>A figure in a table; a dash where there is none.</summary>
internal static class Figure
{
    public static string Of(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
