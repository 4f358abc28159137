using Geode.Api;
using Geode.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;

return await GeodeHost.RunAsync(() => ApiApp.Build(args).RunAsync());
