using Geode.Topology;

namespace Geode.Local.Processes;

/// <summary>A child inherits this process's environment (PATH, OTEL_*, …) without what only this process was told.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] NotInherited =
    [
        PlanetEnvironment.Urls, "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_LAUNCH_PROFILE",
        PlanetEnvironment.Region, PlanetEnvironment.Planet, PlanetEnvironment.Backplane, PlanetEnvironment.DataFolder,
    ];

    // Whether the runtime maps code it makes twice, once to write and once to execute: a guard of servers that strangers talk to,
    // and a tenth of the time that ten processes on one laptop take to start.
    private const string MapsCodeTwice = "DOTNET_EnableWriteXorExecute";

    public static void Apply(IDictionary<string, string?> environment, IReadOnlyDictionary<string, string> own)
    {
        foreach (var name in NotInherited)
            environment.Remove(name);
        environment.TryAdd(MapsCodeTwice, "0");
        foreach (var (name, value) in own)
            environment[name] = value;
    }
}
