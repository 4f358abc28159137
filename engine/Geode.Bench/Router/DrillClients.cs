using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Geode.Topology;

namespace Geode.Bench.Router;

/// <summary>The clients of a drill: each sends a request at its pace, or as soon as its last one was answered.</summary>
internal sealed class DrillClients(string url, int clients, bool writes, TimeSpan? pace = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<Sample> _samples = new();
    private readonly TimeSpan _pace = pace ?? TimeSpan.FromMilliseconds(20);

    /// <param name="At">When it was sent, since the start of the drill.</param>
    /// <param name="Failure">Null: it was answered with success.</param>
    /// <param name="ServedBy">As the router's header says.</param>
    /// <param name="Tries">As the router's header says; 1 when it does not.</param>
    public sealed record Sample(TimeSpan At, TimeSpan Took, string? Failure, string? ServedBy, int Tries);

    public async Task<IReadOnlyCollection<Sample>> RunAsync(TimeSpan length, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(n => RunOneAsync(n, clock, length, stop)));
        return _samples;
    }

    private async Task RunOneAsync(int number, Stopwatch clock, TimeSpan length, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        // Spread over the pace, so that they do not march in step.
        var next = _pace * number / clients;
        while (clock.Elapsed < length && !stop.IsCancellationRequested)
        {
            if (next > clock.Elapsed)
                await Task.Delay(next - clock.Elapsed, stop);
            var at = clock.Elapsed;
            var (failure, servedBy, tries) = await AskAsync(http, stop);
            _samples.Enqueue(new Sample(at, clock.Elapsed - at, failure, servedBy, tries));
            next = TimeSpan.FromTicks(Math.Max((next + _pace).Ticks, clock.Elapsed.Ticks));
        }
    }

    private async Task<(string? Failure, string? ServedBy, int Tries)> AskAsync(HttpClient http, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(writes ? HttpMethod.Post : HttpMethod.Get, url);
        if (writes)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Content = new ByteArrayContent(new byte[256]);
        }

        try
        {
            using var response = await http.SendAsync(request, stop);
            var failure = response.IsSuccessStatusCode ? null : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            return (failure, Header(response, "X-Geode-Served-By"), int.Parse(Header(response, "X-Geode-Attempts") ?? "1", CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (ConnectionFailure.Is(error) || (error is TaskCanceledException && !stop.IsCancellationRequested))
        {
            return (error is TaskCanceledException ? "timeout" : "broken", null, 1);
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
