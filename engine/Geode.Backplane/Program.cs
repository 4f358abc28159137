using Geode.Backplane.Hosting;
using Geode.Runtime.Hosting;

return await GeodeHost.RunAsync(() => BackplaneApp.Build(args).RunAsync());
