using Geode.ServiceDefaults.Sessions;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Sessions;

/// <summary>The session of the visitor whose request this is.</summary>
public sealed class VisitorSession(Topology.Region region)
{
    /// <summary>Set when another region's replica had to answer, because this one lags or is gone: that region's name.</summary>
    public const string ServedFromHeader = "X-Geode-Read-From";

    /// <summary>Set when no reachable replica has all that the visitor has seen, and the answer is older than that.</summary>
    public const string BehindHeader = "X-Geode-Session-Behind";

    public SessionTokens Tokens { get; internal set; } = new();

    public string? ServedFrom { get; private set; }

    public bool IsBehind { get; internal set; }

    internal void Saw(string container, string? token, CosmosDiagnostics diagnostics)
    {
        Tokens.Saw(container, token);
        // In order of arrival: the last one is whose answer was taken, others may have said that they lag.
        if (diagnostics.GetRespondedRegions() is [.., { Length: > 0 } last] && last != region.DisplayName)
            ServedFrom = last;
    }
}
