namespace Geode.TestKit;

/// <summary>Files of the repository the tests were built from.</summary>
public static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "geode.json")) && Directory.Exists(Path.Combine(folder.FullName, "engine")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder with geode.json and engine/ above {AppContext.BaseDirectory}");
    }
}
