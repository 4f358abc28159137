using System.Collections.Concurrent;
using System.Net;
using Geode.Topology;

namespace Geode.Service.Tests.Stamps;

/// <summary>Writers who write note after note, and read each back. Each note is written once: where two regions take writes, the later of two
/// versions within a second may lose.</summary>
internal sealed class WritingCrowd : IDisposable
{
    private const int Writers = 4;
    private const int Pause = 10;

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<string> _acknowledged = [];
    private readonly Task _writing;
    private int _count;

    public WritingCrowd(StampPlanet planet, string tenant) => _writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(planet, tenant, writer))));

    public Task HasWrittenAsync(int more)
    {
        var least = Volatile.Read(ref _count) + more;
        return InProcessPlanet.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref _count) >= least || _writing.IsFaulted), $"{more} more writes");
    }

    public async Task<IReadOnlyCollection<string>> EndAsync()
    {
        await _end.CancelAsync();
        await _writing;
        return _acknowledged;
    }

    public void Dispose() => _end.Dispose();

    private async Task WriteAsync(StampPlanet planet, string tenant, int writer)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(3) };
        Region[] geodes = writer % 2 == 0 ? [planet.WestEurope, planet.EastUs] : [planet.NorthEurope, planet.SoutheastAsia];
        for (var turn = 0; !_end.IsCancellationRequested; turn++)
        {
            var note = $"note-{writer}-{turn}";
            if (await SendAsync(HttpMethod.Put, new { text = "during" }) is not { Status: HttpStatusCode.OK })
                continue;
            _acknowledged.Add(note);
            Interlocked.Increment(ref _count);
            var read = (await SendAsync(HttpMethod.Get, null)).Status;
            await Task.Delay(Pause);
            Assert.True(read is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable or HttpStatusCode.MisdirectedRequest, $"{note} was acknowledged and is answered {read}.");

            // Whichever of the two says that it is not the other's.
            async Task<StampPlanet.Answer> SendAsync(HttpMethod method, object? body)
            {
                StampPlanet.Answer answer = default;
                for (var hop = 0; hop < 6; hop++)
                {
                    answer = await planet.SendAsync(method, $"api/notes/{note}", geodes[hop % 2], tenant, body, client);
                    if (answer.Status != HttpStatusCode.MisdirectedRequest)
                        return answer;
                }

                return answer;
            }
        }
    }
}
