namespace Geode.Topology;

public static partial class AzureRegions
{
    private static IEnumerable<AzureRegion> Americas() =>
    [
        new("brazilsouth", "Brazil South", -23.55, -46.633),
        new("brazilsoutheast", "Brazil Southeast", -22.90278, -43.2075),
        new("canadacentral", "Canada Central", 43.653, -79.383),
        new("canadaeast", "Canada East", 46.817, -71.217),
        new("centralus", "Central US", 41.5908, -93.6208),
        new("chilecentral", "Chile Central", -33.447487, -70.673676),
        new("eastus", "East US", 37.3719, -79.8164),
        new("eastus2", "East US 2", 36.6681, -78.3889),
        new("mexicocentral", "Mexico Central", 20.588818, -100.389888),
        new("northcentralus", "North Central US", 41.8819, -87.6278),
        new("southcentralus", "South Central US", 29.4167, -98.5),
        new("westcentralus", "West Central US", 40.89, -110.234),
        new("westus", "West US", 37.783, -122.417),
        new("westus2", "West US 2", 47.233, -119.852),
        new("westus3", "West US 3", 33.448376, -112.074036),
    ];
}
