using Geode.Router;
using Geode.Runtime.Hosting;

return await GeodeHost.RunAsync(async () =>
{
    await using var app = RouterApp.Build(args);
    await app.RunAsync();
});
