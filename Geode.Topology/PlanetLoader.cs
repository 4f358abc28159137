using Microsoft.Extensions.Configuration;

namespace Geode.Topology;

/// <summary>Makes a <see cref="Planet"/> from <c>geode.json</c> and whatever overrides it.</summary>
public static class PlanetLoader
{
    public const string FileName = "geode.json";

    /// <summary>Reads the file, applies <c>Geode:*</c> from configuration (environment, command line) and validates.</summary>
    /// <exception cref="PlanetException">One line: the path in the file, what is wrong, what is allowed.</exception>
    public static Planet Load(string path, IConfiguration? overrides = null) => throw new NotImplementedException();

    /// <summary>The planet of this process: <c>Geode:Planet</c> (JSON or a path), else <c>geode.json</c> in the current folder or above it.</summary>
    /// <exception cref="PlanetException">See <see cref="Load"/>; also when there is no file.</exception>
    public static Planet FromConfiguration(IConfiguration configuration) => throw new NotImplementedException();

    /// <summary>Validates JSON text in the form of <c>geode.json</c>; <paramref name="source"/> names it in errors.</summary>
    public static Planet Parse(string json, string source, IConfiguration? overrides = null) => throw new NotImplementedException();
}
