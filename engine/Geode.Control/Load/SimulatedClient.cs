using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Geode.Control.Live;
using Geode.Topology;

namespace Geode.Control.Load;

/// <summary>Someone in a city with a taste of its own: reads most of the time and rather what it likes, sometimes votes for what it likes or
/// against what it does not, or asks. It keeps its cookies, so that all it does is one visitor's. Its connections come from the city's
/// loopback block; where a machine has only 127.0.0.1, a header tells the city.</summary>
internal sealed class SimulatedClient : IDisposable
{
    private const string Tag = "simulated";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Place _place;
    private readonly PlantedTaste _taste;
    private readonly double _writeShare;
    private readonly Random _random;
    private readonly HttpClient _http;
    private IReadOnlyList<KnownQuestion> _known = [];

    /// <param name="number">Among those of its city.</param>
    public SimulatedClient(Uri router, Place place, int number, double writeShare)
    {
        (Number, _place, _taste, _writeShare, _random) = (number, place, PlantedTaste.Of(place, number), writeShare, new(HashCode.Combine(place.Number, number)));
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
            return Ask();
        if (_known.Count == 0 || _random.Next(8) == 0)
            return new(HttpMethod.Get, _random.Next(4) == 0 ? "/api/questions?size=10&sort=for-you" : "/api/questions?size=10");
        return writes ? Vote() : new(HttpMethod.Get, $"/api/questions/{Choose(liked: _random.Next(4) != 0).Id}");
    }

    private HttpRequestMessage Ask()
    {
        var topic = _taste.Liked[_random.Next(_taste.Liked.Count)];
        var ask = new HttpRequestMessage(HttpMethod.Post, "/api/questions")
        {
            Content = JsonContent.Create(new
            {
                title = PlantedTaste.Title(topic, _place, _random.Next()),
                body = $"Asked by a simulated client in {_place.DisplayName}.",
                tags = new[] { Tag, topic },
            }),
        };
        ask.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return ask;
    }

    private HttpRequestMessage Vote()
    {
        var question = Choose(liked: _random.Next(3) != 0);
        return new(HttpMethod.Put, $"/api/questions/{question.Id}/vote") { Content = JsonContent.Create(new { value = question.IsLiked ? 1 : -1 }) };
    }

    // Where there is none of the kind, any: a request that is due is made.
    private KnownQuestion Choose(bool liked)
    {
        var kind = _known.Where(question => question.IsLiked == liked).ToList();
        return kind.Count > 0 ? kind[_random.Next(kind.Count)] : _known[_random.Next(_known.Count)];
    }

    private async Task RememberAsync(HttpResponseMessage answer, CancellationToken cancel) =>
        _known = KnownQuestion.In(await answer.Content.ReadAsByteArrayAsync(cancel), _taste) ?? _known;

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
