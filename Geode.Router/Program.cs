using Geode.Router;
using Geode.ServiceDefaults.Hosting;

return await GeodeHost.RunAsync(async () =>
{
    await using var app = RouterApp.Build(args);
    await app.RunAsync();
});
