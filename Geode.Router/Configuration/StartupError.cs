using Geode.Topology;

namespace Geode.Router.Configuration;

/// <summary>Tells the user's mistakes, which deserve one clear line and exit code 2, from faults, which deserve a stack trace.</summary>
internal static class StartupError
{
    public static string? Describe(Exception error) => error switch
    {
        RouterConfigurationException or PlanetException => error.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => error.Message,
        _ => null,
    };
}
