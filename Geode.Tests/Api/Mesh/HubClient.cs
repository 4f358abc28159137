using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Geode.Topology;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Geode.Tests.Api.Mesh;

/// <summary>Follows the changes as any SignalR client does.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HubConnection _connection;
    private ChannelReader<JsonElement> _updates = null!;

    private HubClient(Uri address, string? from) => _connection = new HubConnectionBuilder()
        .WithUrl(new UriBuilder(address) { Path = "/hubs/questions" }.Uri, options =>
        {
            // As the page does: one connection, and nothing asked before it.
            options.SkipNegotiation = true;
            options.Transports = HttpTransportType.WebSockets;
            options.WebSocketFactory = (context, cancel) => ConnectAsync(context.Uri, from, cancel);
        })
        .Build();

    public string Cursor { get; private set; } = "";

    public bool WasReset { get; private set; }

    /// <summary>As the router says; null past it.</summary>
    public string? ServedBy { get; private set; }

    /// <inheritdoc cref="FollowAsync(Uri, string?, string?)"/>
    public static Task<HubClient> FollowAsync(ServicePlanet planet, Region region, string? cursor = null) =>
        FollowAsync(new Uri(PlanetPorts.Loopback(planet.Planet.Ports.Api(region))), cursor);

    /// <summary>Connects, follows from that cursor, and waits until the geode has taken it up.</summary>
    /// <param name="from">Where the client is; for a router.</param>
    /// <exception cref="WebSocketException">Nobody takes the connection, or it ends at once.</exception>
    public static async Task<HubClient> FollowAsync(Uri address, string? cursor, string? from = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var client = new HubClient(address, from);
        try
        {
            await client._connection.StartAsync(patience.Token);
            client._updates = await client._connection.StreamAsChannelAsync<JsonElement>("Follow", cursor, CancellationToken.None);
            if (cursor is null)
                Assert.Empty(await client.UpdateAsync());
            return client;
        }
        catch (Exception error) when (!patience.IsCancellationRequested)
        {
            await client.DisposeAsync();
            throw error as WebSocketException ?? Lost(error);
        }
    }

    /// <summary>The changes of the next update.</summary>
    /// <exception cref="OperationCanceledException">There is none for a minute, pings or not.</exception>
    /// <exception cref="WebSocketException">The connection is lost.</exception>
    public async Task<List<JsonElement>> UpdateAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        JsonElement update;
        try
        {
            update = await _updates.ReadAsync(patience.Token);
        }
        catch (Exception error) when (!patience.IsCancellationRequested)
        {
            throw Lost(error);
        }

        Cursor = update.GetProperty("cursor").GetString()!;
        WasReset |= update.GetProperty("reset").GetBoolean();
        return [.. update.GetProperty("changes").EnumerateArray()];
    }

    /// <summary>Reads on until a change is the one; returns all up to and including it.</summary>
    public async Task<List<JsonElement>> UntilAsync(Func<JsonElement, bool> isTheOne)
    {
        var seen = new List<JsonElement>();
        while (!seen.Any(isTheOne))
            seen.AddRange(await UpdateAsync());
        return seen;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async ValueTask<WebSocket> ConnectAsync(Uri address, string? from, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        if (from is not null)
            socket.Options.SetRequestHeader("X-Geode-Client", from);
        socket.Options.CollectHttpResponseDetails = true;
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws" }.Uri, cancel);
        ServedBy = socket.HttpResponseHeaders?.GetValueOrDefault("X-Geode-Served-By")?.Single();
        return socket;
    }

    private static WebSocketException Lost(Exception why) => new(WebSocketError.ConnectionClosedPrematurely, "The connection is lost.", why);
}
