using System.Net;
using System.Net.Sockets;
using Geode.Backplane;
using Geode.Backplane.Hosting;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>A backplane of its own on a free port in this process, and the real client of it.</summary>
public sealed class SdkServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SdkServer(WebApplication app, string endpoint)
    {
        _app = app;
        Endpoint = endpoint;
        Client = NewClient();
    }

    public string Endpoint { get; }

    public CosmosClient Client { get; }

    public Database Database { get; private set; } = null!;

    /// <summary>The region that it serves.</summary>
    public RegionNode Region => _app.Services.GetRequiredService<BackplaneHost>().Regions[0].Node;

    public Task StopAsync() => _app.StopAsync();

    public static async Task<SdkServer> StartAsync(params string[] arguments)
    {
        var endpoint = $"http://127.0.0.1:{FreePort()}";
        var app = BackplaneApp.Build(["--urls", endpoint, "--Logging:LogLevel:Default=Warning", .. arguments]);
        await app.StartAsync();
        var server = new SdkServer(app, endpoint);
        server.Database = await server.Client.CreateDatabaseAsync("tests");
        return server;
    }

    public CosmosClient NewClient(Action<CosmosClientOptions>? configure = null)
    {
        var options = new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            UseSystemTextJsonSerializerWithOptions = new(System.Text.Json.JsonSerializerDefaults.Web),
        };
        configure?.Invoke(options);
        return new CosmosClient(Endpoint, PlanetEnvironment.EmulatorKey, options);
    }

    /// <summary>A new container with a name of its own.</summary>
    public async Task<Container> ContainerAsync(Action<ContainerProperties>? configure = null, params string[] partitionKey)
    {
        var properties = new ContainerProperties($"c-{Guid.NewGuid():N}", partitionKey.Length == 0 ? ["/pk"] : partitionKey);
        configure?.Invoke(properties);
        return await Database.CreateContainerAsync(properties);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
