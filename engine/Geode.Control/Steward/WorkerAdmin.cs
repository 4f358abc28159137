using System.Collections.Concurrent;
using System.Globalization;
using Geode.Control.Faults;
using Geode.Topology;

namespace Geode.Control.Steward;

/// <summary>Passes on to a Worker what people say, and back what is to be seen there. Any will do: what it is told it writes down, and every
/// region gets it by replication. Stamps share no data: an order is told to one in each, and what is to be seen is that of the first.</summary>
/// <param name="planet">Whose Workers.</param>
/// <param name="time">Tells when something was said.</param>
/// <param name="path">Where a Worker takes it: <c>/_steward</c>.</param>
/// <param name="what">A Worker has that does: <c>a steward</c>.</param>
internal class WorkerAdmin(LivePlanet planet, TimeProvider time, string path, string what) : IDisposable
{
    private readonly AdminClient _admin = new();
    private readonly ConcurrentDictionary<string, string> _answered = new();
    private long _ordered;

    /// <summary>The first answer of a Worker whose replica serves, as it is.</summary>
    /// <param name="method">To be sent.</param>
    /// <param name="rest">After the path: <c>/plan</c>.</param>
    /// <param name="body">As JSON; null: none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ControlException">400, 409: it is wrong. 503: no Worker answers.</exception>
    public Task<string> SendAsync(HttpMethod method, string rest, object? body, CancellationToken cancellationToken) =>
        AskAsync(method, method == HttpMethod.Get ? rest : Dated(rest), body, cancellationToken);

    /// <summary>An order with when it was given: a Worker that takes it up late, after another was asked, must not undo what was said since.</summary>
    protected string Dated(string rest) => $"{rest}{(rest.Contains('?', StringComparison.Ordinal) ? '&' : '?')}at={Now().ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc cref="SendAsync"/>
    protected async Task<string> AskAsync(HttpMethod method, string rest, object? body, CancellationToken cancellationToken)
    {
        string? answer = null;
        ControlException? refused = null;
        foreach (var part in planet.Now.Parts())
        {
            try
            {
                var of = await AskAsync(part, method, rest, body, cancellationToken);
                answer ??= of;
            }
            catch (ControlException e) when (planet.Now.Stamps.Count > 0)
            {
                // That nobody was there outweighs a refusal: who orders tries again.
                refused = e.Status == 503 ? e : refused ?? e;
            }

            if (answer is not null && method == HttpMethod.Get)
                return answer;
        }

        return answer is not null && refused?.Status != 503 ? answer : throw refused!;
    }

    private async Task<string> AskAsync(Planet part, HttpMethod method, string rest, object? body, CancellationToken cancellationToken)
    {
        // Whoever answered last first: a frozen one costs seconds.
        var first = part.RegionNames[0];
        foreach (var worker in WorkerAddresses.Of(part).OrderByDescending(worker => worker == _answered.GetValueOrDefault(first)))
        {
            if (await _admin.SendAsync(method, new Uri(worker + path + rest), body, cancellationToken) is not { Status: not (404 or >= 500) } answer)
                continue;
            answer.EnsureAccepted();
            _answered[first] = worker;
            return answer.Body;
        }

        throw new ControlException(503, $"No Worker with {what} answers, and a replica that serves: there is nobody to tell.");
    }

    public virtual void Dispose() => _admin.Dispose();

    // No two orders at the same time.
    private long Now()
    {
        while (true)
        {
            var (last, now) = (Interlocked.Read(ref _ordered), time.GetUtcNow().ToUnixTimeMilliseconds());
            var next = Math.Max(last + 1, now);
            if (Interlocked.CompareExchange(ref _ordered, next, last) == last)
                return next;
        }
    }
}
