using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Accounts;

/// <summary>In an account with one write region the others only read.</summary>
internal static class OneWriter
{
    /// <exception cref="ProtocolException">403/3: a write, and another region takes them.</exception>
    public static void Check(HttpRequest request, RegionNode node, WriteRegion writes)
    {
        if (IsWrite(request) && !writes.Takes(node.Region, node.Planet.Backplane))
            throw new ProtocolException(403, $"Writes are forbidden in {node.Region.DisplayName}; {node.Planet.Region(writes.Order.Writer).DisplayName} takes them.", SubStatus.WriteForbidden);
    }

    /// <summary>All but reads, queries and plans of queries.</summary>
    public static bool IsWrite(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && !request.Headers.ContainsKey(CosmosHeaders.IsQuery) && !request.Headers.ContainsKey(CosmosHeaders.IsQueryPlanRequest);
}
