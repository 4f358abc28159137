using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Geode.Control.Terminal;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Hosting.Tests;

/// <summary>App models that are looked at and not run.</summary>
internal static class Models
{
    public static IDistributedApplicationBuilder Builder(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

    /// <summary>As <c>aspire publish</c> and <c>azd</c> make one.</summary>
    public static IDistributedApplicationBuilder Publishing(string output) =>
        Builder("--operation", "publish", "--publisher", "manifest", "--output-path", output);

    public static PlanetChoice Choice(string kind, params string[] regions) => new(
        FreePlanets.On(8080, regions) with { Backplane = new(kind) },
        RepositoryFiles.At("engine", "Geode.Shopping.AppHost", "containers.json"), Path.Combine(Path.GetTempPath(), "planet-of-a-model"), false,
        new Dictionary<string, string>());

    /// <summary>A planet with everything in it.</summary>
    public static IResourceBuilder<PlanetResource> Add(IDistributedApplicationBuilder builder, PlanetChoice choice)
    {
        var planet = builder.AddPlanet("planet", choice)
            .WithReplicas<Projects.Geode_Backplane>()
            .WithService<Projects.Geode_Shopping>("api")
            .WithService<Projects.Geode_Shopping>("worker")
            .WithDrillCommands();
        planet.AddGlobalRouter<Projects.Geode_Router>();
        return planet;
    }

    /// <summary>What the resource's process is told.</summary>
    public static async Task<Dictionary<string, string>> EnvironmentAsync(IResource resource, DistributedApplicationExecutionContext context)
    {
        var collected = new Dictionary<string, object>();
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(new(context, resource, collected));
        return collected.ToDictionary(e => e.Key, e => e.Value switch
        {
            IManifestExpressionProvider expression => expression.ValueExpression,
            var value => value.ToString() ?? "",
        });
    }
}
