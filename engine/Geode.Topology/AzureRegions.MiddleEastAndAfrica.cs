namespace Geode.Topology;

public static partial class AzureRegions
{
    private static IEnumerable<AzureRegion> MiddleEastAndAfrica() =>
    [
        new("israelcentral", "Israel Central", 31.9, 34.9), // published as 31.266, 33.451, which is in Egypt
        new("qatarcentral", "Qatar Central", 25.551462, 51.439327),
        new("southafricanorth", "South Africa North", -25.73134, 28.21837),
        new("southafricawest", "South Africa West", -34.075691, 18.843266),
        new("uaecentral", "UAE Central", 24.466667, 54.366669),
        new("uaenorth", "UAE North", 25.266666, 55.316666),
    ];
}
