namespace Geode.Topology;

public static partial class AzureRegions
{
    private static IEnumerable<AzureRegion> Europe() =>
    [
        new("austriaeast", "Austria East", 48.2092056, 16.3727779),
        new("belgiumcentral", "Belgium Central", 50.84553528, 4.355707169),
        new("denmarkeast", "Denmark East", 55.6761, 12.5683),
        new("francecentral", "France Central", 46.3772, 2.373),
        new("francesouth", "France South", 43.8345, 2.1972),
        new("germanynorth", "Germany North", 53.073635, 8.806422),
        new("germanywestcentral", "Germany West Central", 50.110924, 8.682127),
        new("italynorth", "Italy North", 45.46888, 9.18109),
        new("northeurope", "North Europe", 53.3478, -6.2597),
        new("norwayeast", "Norway East", 59.913868, 10.752245),
        new("norwaywest", "Norway West", 58.969975, 5.733107),
        new("polandcentral", "Poland Central", 52.23334, 21.01666),
        new("spaincentral", "Spain Central", 40.4259, -3.4209), // published without the minus sign, which is in the sea
        new("swedencentral", "Sweden Central", 60.67488, 17.14127),
        new("swedensouth", "Sweden South", 55.605, 13.0038),
        new("switzerlandnorth", "Switzerland North", 47.451542, 8.564572),
        new("switzerlandwest", "Switzerland West", 46.204391, 6.143158),
        new("uksouth", "UK South", 50.941, -0.799),
        new("ukwest", "UK West", 53.427, -3.084),
        new("westeurope", "West Europe", 52.3667, 4.9),
    ];
}
