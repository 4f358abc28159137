using System.Reflection;

namespace Geode.Control;

/// <summary>What those who run a planet by Aspire and those who test it have to agree on.</summary>
public static class AppHosts
{
    /// <summary>The key of the service (<see cref="IAsyncDisposable"/>) that has ended when nothing of the planet is left.</summary>
    public const string RunKey = "geode-planet";

    // Aspire's SDK writes it into every app host.
    private const string FolderKey = "apphostprojectpath";

    /// <summary>The folder of the app host's project; that of the running program when it was built by another SDK.</summary>
    public static string FolderOf(Assembly appHost) =>
        appHost.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(m => m.Key == FolderKey)?.Value ?? AppContext.BaseDirectory;
}
