using Geode.Topology;

namespace Geode.Local.Processes;

/// <summary>A child inherits this process's environment (PATH, OTEL_*, …) without what only this process was told.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] NotInherited =
    [
        PlanetEnvironment.Urls, "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_LAUNCH_PROFILE",
        PlanetEnvironment.Region, PlanetEnvironment.Planet, PlanetEnvironment.Containers, PlanetEnvironment.Backplane, PlanetEnvironment.DataFolder,
    ];

    /// <summary>Where the user says nothing else.</summary>
    private static readonly (string Name, string Value)[] Defaults =
    [
        // Whether the runtime maps code it makes twice, once to write and once to execute: a guard of servers that strangers talk
        // to, and a tenth of the time that ten processes on one laptop take to start.
        ("DOTNET_EnableWriteXorExecute", "0"),

        // The Cosmos SDK asks the virtual machine it is on for its name, at an address that a laptop does not have.
        ("COSMOS_DISABLE_IMDS_ACCESS", "true"),
    ];

    public static void Apply(IDictionary<string, string?> environment, IReadOnlyDictionary<string, string> own)
    {
        foreach (var name in NotInherited)
            environment.Remove(name);
        foreach (var (name, value) in Defaults)
            environment.TryAdd(name, value);
        foreach (var (name, value) in own)
            environment[name] = value;
    }
}
