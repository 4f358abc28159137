using System.Text;

namespace Geode.Cli.Simulation.Reports;

/// <summary>Columns as wide as what is in them; words to the left, figures to the right.</summary>
internal static class Table
{
    public static void Write(StringBuilder text, string[] head, IReadOnlyList<string[]> rows)
    {
        var widths = head.Select((h, c) => rows.Select(r => r[c].Length).Append(h.Length).Max()).ToArray();
        Line(text, head, widths);
        Line(text, [.. widths.Select(w => new string('-', w))], widths);
        foreach (var row in rows)
            Line(text, row, widths);
        text.AppendLine();
    }

    private static void Line(StringBuilder text, string[] cells, int[] widths) =>
        text.AppendLine(string.Join("  ", cells.Select((cell, c) => cell.Length > 0 && char.IsLetter(cell[0]) && c < 2 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
}
