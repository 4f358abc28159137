using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Service.Tests.Stamps;

/// <summary>Stamps as behind a router that cannot follow a 421: geodes are told where to pass on what is not theirs. Two are told the truth, one leads in
/// a circle, one to nobody.</summary>
public sealed class ForwardingPlanet() : StampPlanet(Told)
{
    /// <summary>Asks a geode past any router, with these headers.</summary>
    public async Task<(HttpResponseMessage Answer, JsonElement Body)> AskAsync(HttpMethod method, string path, Region at, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Address(at), path)) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }

    /// <summary>One header of an answer; null: it has none.</summary>
    public static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;

    /// <summary>The hint for a router that an answer has; null: none.</summary>
    public static string? Hint(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.SingleOrDefault(cookie => cookie.StartsWith("geode-stamp=", StringComparison.Ordinal)) : null;

    private static string[] Told(Planet planet, string[] arguments)
    {
        var (stamp, next) = arguments.Single(argument => argument.StartsWith("--Geode:Region=", StringComparison.Ordinal)).Split('=')[1] switch
        {
            "westeurope" => ("world", PlanetPorts.Loopback(planet.Ports.Api(planet.Region("eastus")))),
            "eastus" => ("eu", PlanetPorts.Loopback(planet.Ports.Api(planet.Region("westeurope")))),
            "northeurope" => ("world", PlanetPorts.Loopback(planet.Ports.Api(planet.Region("westeurope")))),
            _ => ("eu", $"http://127.0.0.1:{ClosedPort.Value}"),
        };
        return [.. arguments, $"--Geode:Stamps:{stamp}={next}/"];
    }

    private static readonly Lazy<int> ClosedPort = new(FreePort);

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

[CollectionDefinition(Name)]
public sealed class ForwardingPlanetCollection : ICollectionFixture<ForwardingPlanet>
{
    public const string Name = "planet whose geodes pass requests on";
}
