using Geode.Runtime.Hosting;
using Geode.Shopping;

return await GeodeHost.RunAsync(() => ShoppingApp.Build(args).RunAsync());
