using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Access;

/// <summary>Who signed in with Microsoft Entra: may do what roles for data allow. They allow nothing that creates or changes databases,
/// containers, scripts, throughput, users or keys: in Azure that is for the management API.</summary>
public sealed class PrincipalCaller(EntraPrincipal principal, EntraTokens tokens, DataRoles roles) : Caller
{
    public override void Authorize(BackplaneRequest request)
    {
        tokens.CheckTime(principal);
        var ask = Asks.Of(request);
        if (ask == Ask.ReadAccount)
        {
            if (!roles.AllowAnywhere(principal, DataActions.ReadMetadata))
                throw Blocked(request.Node, $"Request for Read DatabaseAccount is blocked because principal [{principal.Id}] does not have required RBAC permissions to perform action [{DataActions.ReadMetadata}] on any scope.", SubStatus.RbacUnauthorizedMetadataRequest);
            return;
        }

        // Batches are asked about by operation, and by reading what is in them nothing is given away.
        if (ask != Ask.Batch)
            Require(request, ask);
    }

    public override void AuthorizeBatch(BackplaneRequest request, Container container, IReadOnlyList<BatchOperation> operations)
    {
        foreach (var ask in operations.Select(o => Asks.Of(o.Type)).Distinct())
            Require(request, ask);
    }

    private void Require(BackplaneRequest request, Ask ask)
    {
        var actions = DataActions.Of(ask);
        if (actions.Count == 0)
            throw Blocked(request.Node, $"The given request [{request.Http.Request.Method} {request.Http.Request.Path}] cannot be authorized by AAD token in data plane.", SubStatus.RbacOperationNotSupported);
        var scope = ScopeOf(request.Path);
        if (actions.FirstOrDefault(a => !roles.Allow(principal, a, scope)) is { } missing)
            throw Blocked(request.Node, $"Request is blocked because principal [{principal.Id}] does not have required RBAC permissions to perform action [{missing}] on resource [{scope}].", SubStatusOf(request, missing));
    }

    private static string ScopeOf(ResourcePath path) => path switch
    {
        { Types: ["dbs", "colls", ..], Names.Length: >= 2 } => $"/dbs/{path.Database}/colls/{path.Container}",
        { Types: ["dbs", ..], Names.Length: >= 1 } => $"/dbs/{path.Database}",
        _ => "/",
    };

    private static int SubStatusOf(BackplaneRequest request, string action)
    {
        if (action == DataActions.ReadMetadata)
            return SubStatus.RbacUnauthorizedMetadataRequest;
        return ResourceAddress.FromPath(request.Http.Request.Path.Value).IsNameBased ? SubStatus.RbacUnauthorizedNameBasedDataRequest : SubStatus.RbacUnauthorizedRidBasedDataRequest;
    }

    private static ProtocolException Blocked(RegionNode node, string why, int subStatus) =>
        new(403, $"Request blocked by Auth {node.Planet.Name} : {why} Learn more: https://aka.ms/cosmos-native-rbac.", subStatus);
}
