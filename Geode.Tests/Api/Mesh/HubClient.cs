using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Geode.Topology;

namespace Geode.Tests.Api.Mesh;

/// <summary>Speaks SignalR's JSON protocol as the page does.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<string> _messages = new();
    private string _rest = "";

    public string Cursor { get; private set; } = "";

    public bool WasReset { get; private set; }

    public WebSocketCloseStatus? Closed => _socket.CloseStatus;

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
        var client = new HubClient();
        if (from is not null)
            client._socket.Options.SetRequestHeader("X-Geode-Client", from);
        client._socket.Options.CollectHttpResponseDetails = true;
        await client._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/hubs/questions" }.Uri, patience.Token);
        client.ServedBy = client._socket.HttpResponseHeaders?.GetValueOrDefault("X-Geode-Served-By")?.Single();
        await client.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await client.NextAsync(patience.Token));
        await client.SendAsync(JsonSerializer.Serialize(new { type = 4, invocationId = "1", target = "Follow", arguments = new[] { cursor } }));
        if (cursor is null)
            Assert.Empty(await client.UpdateAsync());
        return client;
    }

    /// <summary>The changes of the next update.</summary>
    /// <exception cref="OperationCanceledException">There is none for a minute, pings or not.</exception>
    public async Task<List<JsonElement>> UpdateAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var message = JsonDocument.Parse(await NextAsync(patience.Token)).RootElement;
            if (message.GetProperty("type").GetInt32() != 2)
                continue;
            var item = message.GetProperty("item");
            Cursor = item.GetProperty("cursor").GetString()!;
            WasReset |= item.GetProperty("reset").GetBoolean();
            return [.. item.GetProperty("changes").EnumerateArray()];
        }
    }

    /// <summary>Reads on until a change is the one; returns all up to and including it.</summary>
    public async Task<List<JsonElement>> UntilAsync(Func<JsonElement, bool> isTheOne)
    {
        var seen = new List<JsonElement>();
        while (!seen.Any(isTheOne))
            seen.AddRange(await UpdateAsync());
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        // Says that it leaves, and does not wait for a geode that may be gone.
        if (_socket.State is WebSocketState.Open)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        _socket.Dispose();
    }

    private Task SendAsync(string json) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(json + End), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<string> NextAsync(CancellationToken patience)
    {
        var buffer = new byte[16 * 1024];
        while (_messages.Count == 0)
        {
            var read = await _socket.ReceiveAsync(buffer, patience);
            if (read.MessageType is WebSocketMessageType.Close)
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, $"Closed with {_socket.CloseStatus}.");
            _rest += Encoding.UTF8.GetString(buffer, 0, read.Count);
            var parts = _rest.Split(End);
            foreach (var part in parts[..^1])
                _messages.Enqueue(part);
            _rest = parts[^1];
        }

        return _messages.Dequeue();
    }
}
