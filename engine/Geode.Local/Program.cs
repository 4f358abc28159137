return await Geode.Local.LocalHost.RunAsync(args);
