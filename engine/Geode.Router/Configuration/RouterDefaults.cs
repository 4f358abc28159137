using Microsoft.Extensions.Configuration.Memory;

namespace Geode.Router.Configuration;

/// <summary>Settings that hold unless any other source says otherwise.</summary>
internal static class RouterDefaults
{
    public static void AddTo(IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                // It warns of every failed try; the router logs what that means, once.
                new("Logging:LogLevel:Yarp.ReverseProxy.Forwarder", "Error"),
                // It never says anything here, but while it could, every request is given an Activity that nobody sees.
                new("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "None"),
                new("AllowedHosts", "*"),
            ],
        });
}
