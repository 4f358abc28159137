using System.Globalization;

namespace Geode.Foresight.Costs;

/// <summary>A figure of a region, with where and when it is from.</summary>
/// <param name="Values">By column.</param>
/// <param name="Date">A day or a year.</param>
/// <param name="Source">Where anyone can look it up.</param>
internal sealed record RegionFigures(IReadOnlyDictionary<string, double> Values, string Date, string Source);

/// <summary>A dated table of figures by region: CSV with a header, comments after <c>#</c>, quotes where a value has a comma.</summary>
internal static class RegionTable
{
    /// <param name="text">Of the file.</param>
    /// <param name="name">Of the file, for errors.</param>
    /// <param name="columns">That hold figures.</param>
    /// <exception cref="FormatException">One line that names the place, the fault and what is allowed.</exception>
    public static IReadOnlyDictionary<string, RegionFigures> Read(string text, string name, params string[] columns)
    {
        string[]? header = null;
        Dictionary<string, RegionFigures> rows = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (line, number) in text.ReplaceLineEndings("\n").Split('\n').Select((line, i) => (line.Trim(), i + 1)))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var cells = Cells(line, $"{name}, line {number}");
            if (header is null)
            {
                header = cells;
                foreach (var column in (string[])["region", .. columns, "date", "source"])
                    if (!header.Contains(column))
                        throw new FormatException($"{name}, line {number}: there is no column '{column}'. Columns are region, {string.Join(", ", columns)}, date and source.");
                continue;
            }

            var (region, figures) = Row(cells, header, columns, $"{name}, line {number}");
            if (!rows.TryAdd(region, figures))
                throw new FormatException($"{name}, line {number}: region '{region}' is there twice.");
        }

        return header is null ? throw new FormatException($"{name} is empty. Its first line names the columns region, {string.Join(", ", columns)}, date and source.") : rows;
    }

    private static (string Region, RegionFigures Figures) Row(string[] cells, string[] header, string[] columns, string place)
    {
        if (cells.Length != header.Length)
            throw new FormatException($"{place}: there are {cells.Length} values for {header.Length} columns.");
        string Cell(string column) => cells[Array.IndexOf(header, column)];
        foreach (var column in (string[])["region", "date", "source"])
            if (Cell(column).Length == 0)
                throw new FormatException($"{place}: '{column}' is empty. A figure without its date and source is not taken.");
        return (Cell("region"), new(columns.ToDictionary(c => c, c => Figure(Cell(c), $"{place}, {c}")), Cell("date"), Cell("source")));
    }

    private static double Figure(string text, string place) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0
            ? value
            : throw new FormatException($"{place}: '{text}' is not a number of 0 or more.");

    private static string[] Cells(string line, string place)
    {
        List<string> cells = [];
        var (cell, quoted) = (new System.Text.StringBuilder(), false);
        foreach (var c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
                cell.Append(c);
        }

        return quoted ? throw new FormatException($"{place}: a quote is not closed.") : [.. cells, cell.ToString().Trim()];
    }
}
