using Geode.Control.Ports;
using Geode.Topology;

namespace Geode.TestKit;

/// <summary>Planets whose ports nobody else on this machine has.</summary>
public static class FreePlanets
{
    public static Planet On(int basePort, params string[] regions) =>
        PlanetLoader.Parse("""{"regions": ["westeurope"]}""", "test").WithRegions(regions) with { Ports = new(basePort) };

    public static Planet OnFreePorts(params string[] regions) => FreePorts.Move(On(0, regions));
}
