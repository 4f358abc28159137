using System.Collections.Concurrent;
using System.Diagnostics;

namespace Geode.Bench.Router;

/// <summary>The clients of a drill: each sends a request every 20 ms, or as soon as its last one was answered.</summary>
internal sealed class DrillClients(string url, int clients, bool writes)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<Sample> _samples = new();

    /// <param name="At">When it was sent, since the start of the drill.</param>
    /// <param name="Failure">Null: it was answered with success.</param>
    public sealed record Sample(TimeSpan At, TimeSpan Took, string? Failure);

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
        var next = Pace * number / clients;
        while (clock.Elapsed < length && !stop.IsCancellationRequested)
        {
            if (next > clock.Elapsed)
                await Task.Delay(next - clock.Elapsed, stop);
            var at = clock.Elapsed;
            var failure = await AskAsync(http, stop);
            _samples.Enqueue(new Sample(at, clock.Elapsed - at, failure));
            next = TimeSpan.FromTicks(Math.Max((next + Pace).Ticks, clock.Elapsed.Ticks));
        }
    }

    private async Task<string?> AskAsync(HttpClient http, CancellationToken stop)
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
            return response.IsSuccessStatusCode ? null : ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !stop.IsCancellationRequested))
        {
            return error is TaskCanceledException ? "timeout" : "broken";
        }
    }
}
