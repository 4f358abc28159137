using System.Globalization;
using System.Text.Json;
using Geode.Control.Faults;
using Geode.Foresight.Guardrails;
using Geode.Topology;

namespace Geode.Control.Steward;

/// <summary>Passes on to the planet's steward what people say, and back what is to be seen of it. Any Worker will do: what it is told it writes
/// down, and every region gets it by replication.</summary>
internal sealed class StewardAdmin : IDisposable
{
    private const string Path = "/_steward";

    private readonly AdminClient _admin = new();
    private readonly LivePlanet _planet;
    private readonly TimeProvider _time;
    private readonly UnheardOrders _unheard;
    private volatile string? _answered;
    private long _ordered;

    public StewardAdmin(LivePlanet planet, TimeProvider time)
    {
        (_planet, _time) = (planet, time);
        _unheard = new((order, cancellation) => AskAsync(HttpMethod.Post, order, null, cancellation), time);
    }

    /// <summary>The first answer of a Worker whose replica serves, as it is.</summary>
    /// <param name="method">To be sent.</param>
    /// <param name="path">After the steward's own: <c>/plan</c>.</param>
    /// <param name="body">As JSON; null: none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ControlException">400: it is wrong. 503: no Worker answers.</exception>
    public Task<string> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        AskAsync(method, method == HttpMethod.Get ? path : Dated(path), body, cancellationToken);

    /// <summary>Says that something is to end or to hold still. Where no Worker answers, the next one that does is told, within a minute.</summary>
    /// <param name="path">After the steward's own: <c>/undo</c>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ControlException">400: it is wrong. 503: no Worker answers now.</exception>
    public async Task<string> TellAsync(string path, CancellationToken cancellationToken)
    {
        var order = Dated(path);
        try
        {
            return await AskAsync(HttpMethod.Post, order, null, cancellationToken);
        }
        catch (ControlException e) when (e.Status == 503)
        {
            _unheard.Add(order);
            throw;
        }
    }

    // An order carries when it was given: a Worker that takes it up late, after another was asked, must not undo what was said since.
    private string Dated(string path) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}at={Now().ToString(CultureInfo.InvariantCulture)}";

    private async Task<string> AskAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        // Whoever answered last first: a frozen one costs seconds.
        var regions = _planet.Now.Regions.OrderByDescending(region => region.Name == _answered);
        foreach (var region in regions)
        {
            var address = new Uri(PlanetPorts.Loopback(_planet.Now.Ports.Worker(region)) + Path + path);
            if (await _admin.SendAsync(method, address, body, cancellationToken) is not { Status: not (404 or >= 500) } answer)
                continue;
            answer.EnsureAccepted();
            _answered = region.Name;
            return answer.Body;
        }

        throw new ControlException(503, "No Worker with a steward answers, and a replica that serves: there is nobody to tell.");
    }

    /// <summary>The same, read; null while nobody answers.</summary>
    public async Task<StewardReport?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<StewardReport>(await SendAsync(HttpMethod.Get, "", null, cancellationToken), PlanetJson.Options);
        }
        catch (Exception e) when (e is ControlException or JsonException)
        {
            // Another program on the port is nobody, too.
            return null;
        }
    }

    // No two orders at the same time.
    private long Now()
    {
        while (true)
        {
            var (last, now) = (Interlocked.Read(ref _ordered), _time.GetUtcNow().ToUnixTimeMilliseconds());
            var next = Math.Max(last + 1, now);
            if (Interlocked.CompareExchange(ref _ordered, next, last) == last)
                return next;
        }
    }

    public void Dispose()
    {
        _unheard.Dispose();
        _admin.Dispose();
    }
}

/// <summary>What the timeline tells of a steward.</summary>
internal sealed record StewardReport(string? Region, long? Fence, IReadOnlyList<ReportedDecisions>? Decisions);

internal sealed record ReportedDecisions(DateTimeOffset At, string Region, long Fence, long Number, string Mode, IReadOnlyList<ReportedDecision>? Decisions)
{
    public PlanStamp Stamp => new(Fence, Number);
}

internal sealed record ReportedDecision(string Subject, string What, string? Why);
