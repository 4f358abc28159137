namespace Geode.Topology;

public static partial class AzureRegions
{
    private static IEnumerable<AzureRegion> AsiaPacific() =>
    [
        new("australiacentral", "Australia Central", -35.3075, 149.1244),
        new("australiacentral2", "Australia Central 2", -35.3075, 149.1244),
        new("australiaeast", "Australia East", -33.86, 151.2094),
        new("australiasoutheast", "Australia Southeast", -37.8136, 144.9631),
        new("centralindia", "Central India", 18.5822, 73.9197),
        new("eastasia", "East Asia", 22.267, 114.188),
        new("indiasouthcentral", "India South Central", 17.385, 78.4867),
        new("indonesiacentral", "Indonesia Central", -6.2, 106.816666),
        new("japaneast", "Japan East", 35.68, 139.77),
        new("japanwest", "Japan West", 34.6939, 135.5022),
        new("jioindiacentral", "Jio India Central", 21.146633, 79.08886),
        new("jioindiawest", "Jio India West", 22.470701, 70.05773),
        new("koreacentral", "Korea Central", 37.5665, 126.978),
        new("koreasouth", "Korea South", 35.1796, 129.0756),
        new("malaysiawest", "Malaysia West", 3.140853, 101.693207),
        new("newzealandnorth", "New Zealand North", -36.84853, 174.76349),
        new("southeastasia", "Southeast Asia", 1.283, 103.833),
        new("southindia", "South India", 12.9822, 80.1636),
        new("taiwannorth", "Taiwan North", 25.033, 121.5654),
        new("taiwannorthwest", "Taiwan Northwest", 24.9936, 121.301),
        new("westindia", "West India", 19.088, 72.868),
    ];
}
