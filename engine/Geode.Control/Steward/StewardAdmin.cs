using System.Text.Json;
using Geode.Foresight.Guardrails;
using Geode.Topology;

namespace Geode.Control.Steward;

/// <summary>What people say to the planet's steward, and what is to be seen of it.</summary>
internal sealed class StewardAdmin(LivePlanet planet, TimeProvider time) : WorkerAdmin(planet, time, "/_steward", "a steward")
{
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
}

/// <summary>What the timeline tells of a steward.</summary>
internal sealed record StewardReport(string? Region, long? Fence, IReadOnlyList<ReportedDecisions>? Decisions);

internal sealed record ReportedDecisions(DateTimeOffset At, string Region, long Fence, long Number, string Mode, IReadOnlyList<ReportedDecision>? Decisions)
{
    public PlanStamp Stamp => new(Fence, Number);
}

internal sealed record ReportedDecision(string Subject, string What, string? Why);
