using System.Globalization;
using Geode.Topology;

namespace Geode.Cli.Traffic;

/// <summary>Measured traffic: a CSV file of <c>place,requests</c>. A place may come more than once; its requests are added up.</summary>
internal static class TrafficFile
{
    private const string Allowed = "allowed are lines such as amsterdam,230 or westeurope,1200 after a first line place,requests";

    /// <exception cref="CliException">One line that names the place, the fault and what is allowed.</exception>
    public static IReadOnlyList<UserGroup> Read(FileInfo file) => InputFile.Parse(file, Parse);

    /// <param name="lines">Of the file, its header first.</param>
    /// <param name="name">Of the file, for errors.</param>
    public static IReadOnlyList<UserGroup> Parse(IEnumerable<string> lines, string name)
    {
        Dictionary<Place, double> requests = [];
        foreach (var (line, number) in InputFile.Rows(lines, "place,requests"))
        {
            var comma = line.LastIndexOf(',');
            if (comma < 0 || !double.TryParse(line[(comma + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var count) || !double.IsFinite(count) || count < 0)
                throw new CliException($"{name}, line {number}: '{line}' is not a place and its requests; {Allowed}.");
            var place = Places.Find(line[..comma].Trim()) ?? throw new CliException($"{name}, line {number}: there is no place '{line[..comma].Trim()}'; allowed are cities such as amsterdam, and Azure regions.");
            requests[place] = requests.GetValueOrDefault(place) + count;
        }

        return Shares.Of([.. requests.Select(r => new UserGroup(r.Key, r.Value))]) ?? throw new CliException($"{name} has no requests; {Allowed}.");
    }
}
