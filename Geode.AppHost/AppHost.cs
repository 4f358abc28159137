using Geode.AppHost.Hosting;
using Geode.Topology;

var builder = DistributedApplication.CreateBuilder(args);

// One list of regions decides everything below: geode.json, and what configuration lays over it.
var planet = builder.LoadPlanet();

// The replicated store that all geodes share: replicas of our own, Microsoft's emulator, or an account in Azure.
var backplane = builder.AddBackplane("backplane", planet);

// The same service in every region, beside its region's replica. No geode knows another's address.
foreach (var region in planet.Regions)
{
    var geode = builder.AddGeode(region)
        .WithDrillCommands();

    var replica = geode.AddReplica<Projects.Geode_Backplane>(backplane);

    geode.AddService<Projects.Geode_Api>("api", planet.Ports.Api(region), PlanetEnvironment.ForApi(planet, region))
        .WithBackplane(replica);

    geode.AddService<Projects.Geode_Worker>("worker", planet.Ports.Worker(region), PlanetEnvironment.ForWorker(planet, region))
        .WithBackplane(replica);
}

// The one address clients know. It sends each of them to the nearest geode that is well.
builder.AddGlobalRouter<Projects.Geode_Router>("router", planet);

builder.Build().Run();
