using Geode.Recipes;
using Geode.Runtime.Hosting;

return await GeodeHost.RunAsync(() => RecipesApp.Build(args).RunAsync());
