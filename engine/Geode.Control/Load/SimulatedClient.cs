using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Geode.Control.Live;
using Geode.Topology;

namespace Geode.Control.Load;

/// <summary>Someone in a city: reads most of the time, sometimes votes or asks. Its connections come from the city's loopback block;
/// where a machine has only 127.0.0.1, a header tells the city.</summary>
internal sealed class SimulatedClient : IDisposable
{
    private const string Tag = "simulated";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Place _place;
    private readonly double _writeShare;
    private readonly Random _random;
    private readonly HttpClient _http;
    private List<string> _known = [];

    /// <param name="number">Among those of its city.</param>
    public SimulatedClient(Uri router, Place place, int number, double writeShare)
    {
        (Number, _place, _writeShare, _random) = (number, place, writeShare, new(HashCode.Combine(place.Number, number)));
        var own = new IPAddress([127, 0, (byte)place.Number, (byte)(1 + number % 250)]);
        var bound = CanBind(own);
        _http = new(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = (context, cancel) => ConnectAsync(bound ? own : null, context.DnsEndPoint, cancel),
        })
        {
            BaseAddress = router,
            Timeout = Patience,
        };
        if (!bound)
            _http.DefaultRequestHeaders.Add(RouterHeaders.Client, place.Name);
    }

    public int Number { get; }

    /// <returns>The region that answered; null when nobody did, or with status 500 or above.</returns>
    public async Task<string?> ActAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await _http.SendAsync(Next(), cancel);
            if (answer.RequestMessage!.Method == HttpMethod.Get && answer.IsSuccessStatusCode)
                await RememberAsync(answer, cancel);
            return (int)answer.StatusCode < 500 && answer.Headers.TryGetValues(RouterHeaders.ServedBy, out var names) ? names.First() : null;
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Next()
    {
        var writes = _random.NextDouble() < _writeShare;
        if (writes && _random.Next(4) == 0)
        {
            var ask = new HttpRequestMessage(HttpMethod.Post, "/api/questions")
            {
                Content = JsonContent.Create(new { title = Title(), body = $"Asked by a simulated client in {_place.DisplayName}.", tags = new[] { Tag } }),
            };
            ask.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            return ask;
        }
        if (_known.Count == 0 || _random.Next(8) == 0)
            return new(HttpMethod.Get, "/api/questions?size=10");
        var id = _known[_random.Next(_known.Count)];
        return writes
            ? new(HttpMethod.Put, $"/api/questions/{id}/vote") { Content = JsonContent.Create(new { value = _random.Next(3) == 0 ? -1 : 1 }) }
            : new(HttpMethod.Get, $"/api/questions/{id}");
    }

    private string Title() => _random.Next(4) switch
    {
        0 => $"How late is it in {_place.DisplayName}?",
        1 => $"Which geode is nearest to {_place.DisplayName}?",
        2 => $"Does it rain in {_place.DisplayName}?",
        _ => $"Who else is in {_place.DisplayName}?",
    };

    private async Task RememberAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        using var page = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
        if (page.RootElement.TryGetProperty("items", out var items))
            _known = [.. items.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    private static bool CanBind(IPAddress address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress? from, DnsEndPoint to, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null)
                socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(to, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
