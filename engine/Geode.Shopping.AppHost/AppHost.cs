return await PlanetAppHost.RunAsync(args, (builder, choice) => builder
    .AddPlanet("planet", choice)
    .WithReplicas<Projects.Geode_Backplane>()
    .WithService<Projects.Geode_Shopping>("api")
    .WithDrillCommands()
    .AddGlobalRouter<Projects.Geode_Router>());
