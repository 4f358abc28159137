using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Local.Processes;

/// <summary>A child inherits this process's environment (PATH, OTEL_*, …) without what only this process was told.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] NotInherited =
    [
        PlanetEnvironment.Urls, "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_LAUNCH_PROFILE",
        PlanetEnvironment.Region, PlanetEnvironment.Planet, PlanetEnvironment.PlanetAsItIs, PlanetEnvironment.Containers, PlanetEnvironment.Backplane, PlanetEnvironment.DataFolder,
        PlanetEnvironment.WholePlanet, PlanetEnvironment.Directory, PlanetEnvironment.DirectoryConnection,
    ];

    public static void Apply(IDictionary<string, string?> environment, IReadOnlyDictionary<string, string> own)
    {
        foreach (var name in NotInherited)
            environment.Remove(name);
        foreach (var (name, value) in ProcessDefaults.Environment)
            environment.TryAdd(name, value);
        foreach (var (name, value) in own)
            environment[name] = value;
    }
}
