return await PlanetAppHost.RunAsync(args, (builder, choice) =>
{
    // One list of regions decides everything below: geode.json, and what options and configuration lay over it.
    builder.AddPlanet("planet", choice)

        // The same service in every region, beside its region's replica of the store. No geode knows another's address.
        .WithReplicas<Projects.Geode_Backplane>()
        .WithService<Projects.Geode_Api>("api")
        .WithService<Projects.Geode_Worker>("worker")

        // Break it and heal it: from the dashboard, the map, the command line and from tests.
        .WithDrillCommands()

        // The one address clients know. It sends each of them to the nearest geode that is well.
        .AddGlobalRouter<Projects.Geode_Router>();
});
