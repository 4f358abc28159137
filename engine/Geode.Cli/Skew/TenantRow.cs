using System.Globalization;
using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Skew;

/// <summary>Requests of a tenant from a place.</summary>
internal sealed record TenantRow(string Tenant, Place Place, double Requests)
{
    private const string Allowed = "allowed are lines such as contoso,amsterdam,230 after a first line tenant,place,requests";

    /// <exception cref="CliException">One line that names the place, the fault and what is allowed.</exception>
    public static IReadOnlyList<TenantRow> Read(FileInfo file) => InputFile.Parse(file, Parse);

    /// <param name="lines">Of the file, its header first.</param>
    /// <param name="name">Of the file, for errors.</param>
    public static IReadOnlyList<TenantRow> Parse(IEnumerable<string> lines, string name)
    {
        var rows = new List<TenantRow>();
        foreach (var (line, number) in InputFile.Rows(lines, "tenant,place,requests"))
        {
            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != 3 || cells[0].Length == 0 || !double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var requests) || !double.IsFinite(requests) || requests < 0)
                throw new CliException($"{name}, line {number}: '{line}' is not a tenant, a place and their requests; {Allowed}.");
            rows.Add(new(cells[0], Places.Find(cells[1]) ?? throw new CliException($"{name}, line {number}: there is no place '{cells[1]}'; allowed are cities such as amsterdam, and Azure regions."), requests));
        }

        return rows.Sum(r => r.Requests) is > 0 and < double.PositiveInfinity ? rows : throw new CliException($"{name} has no requests; {Allowed}.");
    }

    /// <summary>Without the tenants.</summary>
    public static IReadOnlyList<UserGroup> Users(IReadOnlyList<TenantRow> rows) =>
        Shares.Of([.. rows.GroupBy(r => r.Place).Select(g => new UserGroup(g.Key, g.Sum(r => r.Requests)))])!;
}
