using System.Collections.Concurrent;
using System.Diagnostics;

namespace Geode.Cli.Drill;

/// <summary>Clients in several places, who read at a steady rate whatever becomes of their requests: who waits for slow answers would ask less of a planet that
/// is in trouble.</summary>
internal sealed class DrillLoad : IAsyncDisposable
{
    private const string PlaceHeader = "X-Geode-Client";
    private const string ServedByHeader = "X-Geode-Served-By";

    // A person has given up by then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Patience };
    private readonly ConcurrentBag<Reading> _readings = [];
    private readonly ConcurrentDictionary<Task, bool> _underWay = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _url;
    private readonly Task _places;
    private volatile string _phase = DrillPhases.Before;

    private DrillLoad(Uri url, IEnumerable<string> places, int rate)
    {
        _url = url;
        _places = Task.WhenAll(places.Select(place => AskAsync(place, TimeSpan.FromSeconds(1) / rate)));
    }

    /// <summary>To which part of the drill what is sent from now on belongs.</summary>
    public string Phase
    {
        set => _phase = value;
    }

    /// <summary>Starts it, once the path is known to be answered.</summary>
    /// <exception cref="CliException">It is not.</exception>
    public static async Task<DrillLoad> StartAsync(Uri url, IReadOnlyList<string> places, int rate, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        foreach (var place in places)
        {
            using var request = Request(url, place);
            try
            {
                using var answer = await http.SendAsync(request, cancellation);
                if (!answer.IsSuccessStatusCode)
                    throw new CliException($"{url} answers {(int)answer.StatusCode} to a client in {place} before anything is broken; a drill needs a path that is answered.");
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                throw new CliException($"{url} cannot be read: {e.Message}", e);
            }
        }

        return new(url, places, rate);
    }

    /// <summary>Sends no more, and waits for what is under way.</summary>
    /// <returns>All that was sent.</returns>
    public async Task<IReadOnlyList<Reading>> EndAsync()
    {
        await _end.CancelAsync();
        await _places;
        await Task.WhenAll(_underWay.Keys);
        return [.. _readings];
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task AskAsync(string place, TimeSpan every)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                var one = ReadAsync(place, _phase);
                _underWay[one] = true;
                _ = one.ContinueWith(done => _underWay.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // That was all.
        }
    }

    private async Task ReadAsync(string place, string phase)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var request = Request(_url, place);
            using var answer = await _http.SendAsync(request);
            var served = answer.Headers.TryGetValues(ServedByHeader, out var by) ? by.First() : "?";
            _readings.Add(new(phase, place, Stopwatch.GetElapsedTime(start).TotalMilliseconds, served, (int)answer.StatusCode >= 500 ? $"{(int)answer.StatusCode}" : null));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            _readings.Add(new(phase, place, Stopwatch.GetElapsedTime(start).TotalMilliseconds, null, e is TaskCanceledException ? $"no answer in {Patience.TotalSeconds} s" : e.Message));
        }
    }

    private static HttpRequestMessage Request(Uri url, string place) => new(HttpMethod.Get, url) { Headers = { { PlaceHeader, place } } };
}

/// <summary>The parts of a drill, in order.</summary>
internal static class DrillPhases
{
    public const string Before = "before";
    public const string Lost = "lost";
    public const string Back = "back";

    public static IReadOnlyList<string> All { get; } = [Before, Lost, Back];
}

/// <summary>One request.</summary>
/// <param name="Phase">When it was sent, one of <see cref="DrillPhases"/>.</param>
/// <param name="Ms">Until its answer, or until it failed.</param>
/// <param name="ServedBy">The region that answered; null: nobody did.</param>
/// <param name="Failure">Why it failed; null: it did not.</param>
internal sealed record Reading(string Phase, string Place, double Ms, string? ServedBy, string? Failure);
