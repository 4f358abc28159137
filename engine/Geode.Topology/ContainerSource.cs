using Microsoft.Extensions.Configuration;

namespace Geode.Topology;

/// <summary>Where the containers are listed, in words that mean the same to every process: JSON, or the full path of a JSON file. Null
/// where they are not listed: then none is made.</summary>
public static class ContainerSource
{
    internal const string Key = "Geode:Containers";

    /// <summary>For this process: <c>Geode:Containers</c> (JSON or a path), else <c>containers.json</c> beside the planet's file.</summary>
    /// <remarks>Who is handed the planet as JSON is handed its containers too, or is to have none: nothing is searched for then.</remarks>
    /// <exception cref="PlanetException">There is no planet.</exception>
    public static string? Of(IConfiguration configuration) => Given(configuration) ?? Beside(PlanetLoader.FileOf(configuration));

    /// <summary>The same for a planet of that file.</summary>
    public static string? Of(IConfiguration configuration, string planetFile) => Given(configuration) ?? Beside(planetFile);

    /// <summary><c>Geode:Containers</c> and nothing else.</summary>
    public static string? Given(IConfiguration configuration)
    {
        var given = configuration[Key];
        if (string.IsNullOrWhiteSpace(given))
            return null;
        return IsJson(given) ? given : Path.GetFullPath(given);
    }

    /// <summary><c>containers.json</c> in the folder of that file, if it is there.</summary>
    public static string? Beside(string? planetFile)
    {
        if (planetFile is null)
            return null;
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(planetFile))!, ContainerCatalog.FileName);
        return File.Exists(path) ? path : null;
    }

    internal static bool IsJson(string text) => text.TrimStart().StartsWith('{');
}
