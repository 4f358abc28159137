using System.Text.Json;
using Geode.Foresight.Guardrails;
using Geode.Topology;

namespace Geode.Control.Steward;

/// <summary>What people say to the planet's steward, and what is to be seen of it.</summary>
internal sealed class StewardAdmin : WorkerAdmin
{
    private readonly UnheardOrders _unheard;

    public StewardAdmin(LivePlanet planet, TimeProvider time)
        : base(planet, time, "/_steward", "a steward") =>
        _unheard = new((order, cancellation) => AskAsync(HttpMethod.Post, order, null, cancellation), time);

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

    /// <summary>What is to be seen, read; null while nobody answers.</summary>
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

    public override void Dispose()
    {
        _unheard.Dispose();
        base.Dispose();
    }
}

/// <summary>What the timeline tells of a steward.</summary>
internal sealed record StewardReport(string? Region, long? Fence, IReadOnlyList<ReportedDecisions>? Decisions);

internal sealed record ReportedDecisions(DateTimeOffset At, string Region, long Fence, long Number, string Mode, IReadOnlyList<ReportedDecision>? Decisions)
{
    public PlanStamp Stamp => new(Fence, Number);
}

internal sealed record ReportedDecision(string Subject, string What, string? Why);
