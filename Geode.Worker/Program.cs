using Geode.Runtime.Hosting;
using Geode.Worker;
using Microsoft.AspNetCore.Builder;

return await GeodeHost.RunAsync(() => WorkerApp.Build(args).RunAsync());
