using System.Globalization;

namespace Geode.Foresight.Costs;

/// <summary>A dated table of figures: CSV with a header, comments after <c>#</c>, quotes where a value has a comma.</summary>
internal static class DatedTable
{
    /// <summary>The rows, each with all columns.</summary>
    /// <param name="text">Of the file.</param>
    /// <param name="name">Of the file, for errors.</param>
    /// <param name="columns">That must be there, and be filled.</param>
    /// <exception cref="FormatException">One line that names the place, the fault and what is allowed.</exception>
    public static IReadOnlyList<DatedRow> Read(string text, string name, IReadOnlyList<string> columns)
    {
        string[]? header = null;
        List<DatedRow> rows = [];
        foreach (var (line, number) in text.ReplaceLineEndings("\n").Split('\n').Select((line, i) => (line.Trim(), i + 1)))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var place = $"{name}, line {number}";
            var cells = Cells(line, place);
            if (header is null)
            {
                header = cells;
                if (columns.FirstOrDefault(column => !cells.Contains(column)) is { } missing)
                    throw new FormatException($"{place}: there is no column '{missing}'. Columns are {Words(columns)}.");
                continue;
            }

            if (cells.Length != header.Length)
                throw new FormatException($"{place}: there are {cells.Length} values for {header.Length} columns.");
            var row = new DatedRow(columns.ToDictionary(c => c, c => cells[Array.IndexOf(header, c)]), place);
            if (columns.FirstOrDefault(column => row[column].Length == 0) is { } empty)
                throw new FormatException($"{place}: '{empty}' is empty. A figure without its date and source is not taken.");
            rows.Add(row);
        }

        return header is null ? throw new FormatException($"{name} is empty. Its first line names the columns {Words(columns)}.") : rows;
    }

    /// <summary>A table that ships.</summary>
    public static (string Name, string Text) Resource(string name)
    {
        using var stream = typeof(DatedTable).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return (name, reader.ReadToEnd());
    }

    private static string Words(IReadOnlyList<string> columns) => $"{string.Join(", ", columns.Take(columns.Count - 1))} and {columns[^1]}";

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

/// <summary>A row of a table.</summary>
/// <param name="Cells">By column.</param>
/// <param name="Place">File and line, for errors.</param>
internal sealed record DatedRow(IReadOnlyDictionary<string, string> Cells, string Place)
{
    public string this[string column] => Cells[column];

    /// <exception cref="FormatException">It is no number of 0 or more.</exception>
    public double Figure(string column) =>
        double.TryParse(this[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0
            ? value
            : throw new FormatException($"{Place}, {column}: '{this[column]}' is not a number of 0 or more.");
}
