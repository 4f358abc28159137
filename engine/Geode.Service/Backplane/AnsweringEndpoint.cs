using Geode.Topology;

namespace Geode.Service.Backplane;

/// <summary>Tells which region's replica answered the last request of the present flow of control, by its port: the SDK's diagnostics tell
/// endpoints apart by host alone, and on some machines all of them have the same.</summary>
public static class AnsweringEndpoint
{
    private static readonly AsyncLocal<Answer?> Current = new();

    /// <summary>Starts watching; call it in the method that then awaits the request.</summary>
    public static void Watch() => Current.Value = new();

    /// <summary>The region of the local planet whose replica answered last since <see cref="Watch"/>; null elsewhere.</summary>
    public static Region? RegionOn(Planet planet) => Current.Value?.Port is { } port
        ? planet.Regions.FirstOrDefault(r => planet.Ports.BackplaneRegional(r) == port || planet.Ports.BackplaneAccount(r) == port)
        : null;

    internal static void Answered(Uri endpoint)
    {
        if ((endpoint.IsLoopback || endpoint.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)) && Current.Value is { } answer)
            answer.Port = endpoint.Port;
    }

    private sealed class Answer
    {
        public int? Port { get; set; }
    }
}
