using Geode.Service.Backplane;
using Geode.Service.Sessions;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Sessions;

/// <summary>The session of the visitor whose request this is.</summary>
public sealed class VisitorSession(Topology.Planet planet, Topology.Region region)
{
    /// <summary>Set when another region's replica had to answer, because this one lags or is gone: that region's name.</summary>
    public const string ServedFromHeader = "X-Geode-Read-From";

    /// <summary>Set when no reachable replica has all that the visitor has seen, and the answer is older than that.</summary>
    public const string BehindHeader = "X-Geode-Session-Behind";

    public SessionTokens Tokens { get; internal set; } = new();

    public string? ServedFrom { get; private set; }

    public bool IsBehind { get; internal set; }

    /// <returns>The display name of the region that answered, when it was another.</returns>
    internal string? Saw(string container, string? token, CosmosDiagnostics diagnostics)
    {
        Tokens.Saw(container, token);
        var answered = AnsweringEndpoint.RegionOn(planet)?.DisplayName ?? Last(diagnostics);
        if (string.IsNullOrEmpty(answered) || answered == region.DisplayName)
            return null;
        ServedFrom = answered;
        return answered;
    }

    // Who responded is only recorded when a request was hedged; else the last one asked is the one that answered.
    private static string? Last(CosmosDiagnostics diagnostics) =>
        diagnostics.GetRespondedRegions() is [.., var responded] ? responded : diagnostics.GetContactedRegions().LastOrDefault().regionName;
}
