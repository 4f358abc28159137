using System.Collections.Concurrent;
using System.Net;

namespace Geode.Tests.Planets;

/// <summary>Clients in one place who read, and now and then write, until they are told to stop, and remember what failed.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int ReadsPerWrite = 5;

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task _clients;
    private int _answered;

    /// <param name="router">Where they ask.</param>
    /// <param name="place">Where they are.</param>
    /// <param name="name">Of their questions; no other crowd's.</param>
    /// <param name="clients">How many.</param>
    public Crowd(Uri router, string place, string name, int clients) =>
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(i => AskAsync(router, place, $"{name}-{i}")));

    /// <summary>What went wrong, with the time.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Waits until so many more requests have been answered.</summary>
    public Task AnsweredAsync(int more)
    {
        var goal = Volatile.Read(ref _answered) + more;
        return Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref _answered) + _failures.Count >= goal), () => $"Only {_answered} requests were answered.");
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _clients;
        _end.Dispose();
    }

    private async Task AskAsync(Uri router, string place, string name)
    {
        using var client = new PlanetClient(router, place);
        for (var i = 0; !_end.IsCancellationRequested; i++)
        {
            var key = $"{name}-{i}";
            try
            {
                using var answer = i % ReadsPerWrite == 0
                    ? await client.SendAsync(HttpMethod.Post, "/api/questions", new { title = key, body = "b", tags = Array.Empty<string>() }, key)
                    : await client.GetAsync("/api/questions");
                if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created)
                    Interlocked.Increment(ref _answered);
                else
                    Failed(key, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                Failed(key, e.Message);
            }
        }
    }

    private void Failed(string key, string what) => _failures.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {key}: {what}");
}
