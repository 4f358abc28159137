using System.Reflection;

namespace Geode.Api.Planets;

internal static class Build
{
    /// <summary>Version and, where the build knew it, commit.</summary>
    public static string Version { get; } =
        typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
