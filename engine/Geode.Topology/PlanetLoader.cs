using Microsoft.Extensions.Configuration;

namespace Geode.Topology;

/// <summary>Makes a <see cref="Planet"/> from <c>geode.json</c> and whatever overrides it.</summary>
public static class PlanetLoader
{
    public const string FileName = "geode.json";

    /// <summary>Reads the file, applies <c>Geode:*</c> from configuration (environment, command line) and validates.</summary>
    /// <exception cref="PlanetException">One line: the path in the file, what is wrong, what is allowed.</exception>
    public static Planet Load(string path, IConfiguration? overrides = null) => Parse(JsonSource.ReadFile(path), path, overrides);

    /// <summary>The planet of this process: <c>Geode:Planet</c> (JSON or a path), else <c>geode.json</c> in the current folder or above it.</summary>
    /// <remarks>JSON is the effective planet, handed over by whoever started this process after applying the overrides, and is taken
    /// as it is. A file is overridden by <c>Geode:*</c>, unless <c>Geode:PlanetAsItIs</c> is <c>true</c>.</remarks>
    /// <exception cref="PlanetException">See <see cref="Load"/>; also when there is no file.</exception>
    public static Planet FromConfiguration(IConfiguration configuration) => FileOf(configuration) is { } file
        ? Load(file, configuration["Geode:PlanetAsItIs"] == "true" ? null : configuration)
        : Parse(configuration["Geode:Planet"]!, "Geode:Planet");

    /// <summary>The file that <see cref="FromConfiguration"/> reads; null when it is handed JSON.</summary>
    /// <exception cref="PlanetException">There is none.</exception>
    public static string? FileOf(IConfiguration configuration)
    {
        var given = configuration["Geode:Planet"];
        if (string.IsNullOrWhiteSpace(given))
            return Nearest(Directory.GetCurrentDirectory());
        return given.TrimStart().StartsWith('{') ? null : given;
    }

    /// <summary>Validates JSON text in the form of <c>geode.json</c>; <paramref name="source"/> names it in errors.</summary>
    /// <exception cref="PlanetException">See <see cref="Load"/>.</exception>
    public static Planet Parse(string json, string source, IConfiguration? overrides = null)
    {
        var root = new JsonSource(source).Parse(json);
        PlanetOverrides.Apply(root, overrides);
        return PlanetReader.Read(root);
    }

    /// <summary>The path of <c>geode.json</c> in the folder or the nearest one above it.</summary>
    /// <exception cref="PlanetException">There is none.</exception>
    public static string Nearest(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, FileName);
            if (File.Exists(path))
                return path;
        }

        throw new PlanetException($"There is no {FileName} in {folder} or above it. Write one ({{ \"regions\": [\"westeurope\", \"eastus\"] }}), "
            + "or set Geode:Planet to its path.");
    }
}
