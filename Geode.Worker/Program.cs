using Geode.ServiceDefaults.Hosting;
using Geode.Worker;
using Microsoft.AspNetCore.Builder;

return await GeodeHost.RunAsync(() => WorkerApp.Build(args).RunAsync());
