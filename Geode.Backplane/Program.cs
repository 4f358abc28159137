using Geode.Backplane.Hosting;
using Geode.ServiceDefaults.Hosting;

return await GeodeHost.RunAsync(() => BackplaneApp.Build(args).RunAsync());
