using Geode.Topology;

namespace Geode.Service.Planets;

/// <summary>Where the planet can be broken and healed.</summary>
public static class ControlAddress
{
    /// <summary>The setting that holds it: <c>Geode__Control</c> in the environment.</summary>
    public const string Setting = "Geode:Control";

    /// <summary>The address of the planet's control API; null where there is none, as in Azure.</summary>
    /// <exception cref="PlanetException">The setting is no address.</exception>
    public static Uri? Control(this IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" => address,
        var text => throw new PlanetException($"Geode__Control: '{text}' is not an http address."),
    };
}
