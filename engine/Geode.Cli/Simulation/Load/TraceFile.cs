using System.Globalization;

namespace Geode.Cli.Simulation.Load;

/// <summary>Requests by minute, from a CSV file of <c>minute,requests</c>. A minute that is left out had none.</summary>
/// <param name="FirstMinute">Number of the first one.</param>
/// <param name="Requests">By minute after it.</param>
internal sealed record TraceFile(long FirstMinute, double[] Requests)
{
    private const int MostMinutes = 10 * 366 * 1440;

    /// <exception cref="CliException">One line that names the place, the fault and what is allowed.</exception>
    public static TraceFile Read(FileInfo file) => InputFile.Parse(file, Parse);

    /// <param name="lines">Of the file, its header first.</param>
    /// <param name="name">Of the file, for errors.</param>
    public static TraceFile Parse(IEnumerable<string> lines, string name)
    {
        SortedDictionary<long, double> minutes = [];
        foreach (var (line, number) in InputFile.Rows(lines, "minute,requests"))
        {
            var cells = line.Split(',');
            if (cells.Length != 2 || !long.TryParse(cells[0], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var minute)
                || !double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var requests) || !double.IsFinite(requests) || requests < 0)
                throw new CliException($"{name}, line {number}: '{line}' is not a minute and its requests; allowed are lines such as 17,230 after a first line minute,requests.");
            if (!minutes.TryAdd(minute, requests))
                throw new CliException($"{name}, line {number}: minute {minute} is there twice.");
        }

        if (minutes.Count == 0)
            throw new CliException($"{name} has no minutes; allowed are lines such as 17,230 after a first line minute,requests.");
        var (first, last) = (minutes.Keys.First(), minutes.Keys.Last());
        if (last - first >= MostMinutes)
            throw new CliException($"{name} spans {last - first + 1} minutes; allowed are {MostMinutes}, ten years.");
        var all = new double[last - first + 1];
        foreach (var (minute, requests) in minutes)
            all[minute - first] = requests;
        return all.All(r => r == 0) ? throw new CliException($"{name} has no requests at all.") : new(first, all);
    }
}
