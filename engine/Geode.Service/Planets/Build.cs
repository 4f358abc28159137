using System.Reflection;

namespace Geode.Service.Planets;

internal static class Build
{
    /// <summary>The service's version and, where the build knew it, commit.</summary>
    public static string Version { get; } =
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
