using Geode.Backplane.Protocol.Codecs;
using Geode.Topology;

namespace Geode.Backplane.Protocol;

/// <summary>A request may ask for less consistency than the account gives, never for more.</summary>
public static class ConsistencyRules
{
    private static readonly string[] Levels = [.. ConsistencyLevels.All];
    private static readonly int Session = IndexOf(ConsistencyLevels.Session);

    /// <exception cref="ProtocolException">400: no such level, or one that is stronger than the account's.</exception>
    public static void Check(BackplaneRequest request)
    {
        if (request.Header(CosmosHeaders.ConsistencyLevel) is not { } asked)
            return;
        var given = request.Node.Planet.Backplane.Consistency;
        var level = IndexOf(asked);
        if (level < 0)
            throw ProtocolException.BadRequest($"{CosmosHeaders.ConsistencyLevel} is one of {string.Join(", ", Levels)}, not '{asked}'.");
        if (level < IndexOf(given))
            throw ProtocolException.BadRequest($"ConsistencyLevel {Levels[level]} specified in the request is invalid when service is configured with consistency level {given}. Ensure the request consistency level is not stronger than the service consistency level.");
    }

    /// <summary>Whether what the request's session has seen must be shown to it.</summary>
    public static bool KeepsSession(BackplaneRequest request) =>
        IndexOf(request.Header(CosmosHeaders.ConsistencyLevel) ?? request.Node.Planet.Backplane.Consistency) <= Session;

    private static int IndexOf(string level) => Array.FindIndex(Levels, known => known.Equals(level, StringComparison.OrdinalIgnoreCase));
}
