namespace Geode.Tests.Topology;

/// <summary>Files of the repository the tests were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Geode.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No Geode.sln above {AppContext.BaseDirectory}");
    }
}
