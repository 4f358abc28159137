using System.Collections.Frozen;

namespace Geode.Topology;

/// <summary>Where data may have to stay: the European Union, or one country by its ISO 3166 code; and which of Azure's regions are there.</summary>
/// <remarks>By the country in which Azure says a region is ("Azure geographies", as of 2026-11). A region that is in no row promises nothing.</remarks>
public static class Residencies
{
    /// <summary>All member states of the European Union together.</summary>
    public const string EuropeanUnion = "EU";

    private static readonly (string Country, bool InUnion, string[] Regions)[] Countries =
    [
        ("AE", false, ["uaecentral", "uaenorth"]),
        ("AT", true, ["austriaeast"]),
        ("AU", false, ["australiacentral", "australiacentral2", "australiaeast", "australiasoutheast"]),
        ("BE", true, ["belgiumcentral"]),
        ("BR", false, ["brazilsouth", "brazilsoutheast"]),
        ("CA", false, ["canadacentral", "canadaeast"]),
        ("CH", false, ["switzerlandnorth", "switzerlandwest"]),
        ("CL", false, ["chilecentral"]),
        ("DE", true, ["germanynorth", "germanywestcentral"]),
        ("DK", true, ["denmarkeast"]),
        ("ES", true, ["spaincentral"]),
        ("FR", true, ["francecentral", "francesouth"]),
        ("GB", false, ["uksouth", "ukwest"]),
        ("HK", false, ["eastasia"]),
        ("ID", false, ["indonesiacentral"]),
        ("IE", true, ["northeurope"]),
        ("IL", false, ["israelcentral"]),
        ("IN", false, ["centralindia", "indiasouthcentral", "jioindiacentral", "jioindiawest", "southindia", "westindia"]),
        ("IT", true, ["italynorth"]),
        ("JP", false, ["japaneast", "japanwest"]),
        ("KR", false, ["koreacentral", "koreasouth"]),
        ("MX", false, ["mexicocentral"]),
        ("MY", false, ["malaysiawest"]),
        ("NL", true, ["westeurope"]),
        ("NO", false, ["norwayeast", "norwaywest"]),
        ("NZ", false, ["newzealandnorth"]),
        ("PL", true, ["polandcentral"]),
        ("QA", false, ["qatarcentral"]),
        ("SE", true, ["swedencentral", "swedensouth"]),
        ("SG", false, ["southeastasia"]),
        ("TW", false, ["taiwannorth", "taiwannorthwest"]),
        ("US", false, ["centralus", "eastus", "eastus2", "northcentralus", "southcentralus", "westcentralus", "westus", "westus2", "westus3"]),
        ("ZA", false, ["southafricanorth", "southafricawest"]),
    ];

    private static readonly FrozenDictionary<string, (string Country, bool InUnion)> ByRegion = Countries
        .SelectMany(c => c.Regions.Select(region => (region, (c.Country, c.InUnion)))).ToFrozenDictionary(r => r.region, r => r.Item2);

    /// <summary>Their names: <c>EU</c>, then the countries'.</summary>
    public static IReadOnlyList<string> All { get; } = [EuropeanUnion, .. Countries.Select(c => c.Country)];

    /// <summary>Whether a region is there. One that Azure does not know is wherever its planet says.</summary>
    public static bool Has(string residency, string region) => ByRegion.TryGetValue(region, out var place)
        ? residency == place.Country || (residency == EuropeanUnion && place.InUnion)
        : AzureRegions.Find(region) is null;
}
