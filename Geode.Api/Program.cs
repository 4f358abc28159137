using Geode.Api;
using Geode.Runtime.Hosting;
using Microsoft.AspNetCore.Builder;

return await GeodeHost.RunAsync(() => ApiApp.Build(args).RunAsync());
