using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol.Access;

/// <summary>From a request to what it asks for: the same decisions as the handlers make. What no handler does is
/// <see cref="Ask.Unknown"/>, so that a right is never taken from something that nobody thought of.</summary>
public static class Asks
{
    public static Ask Of(BackplaneRequest request)
    {
        var method = request.Http.Request.Method;
        var isFeed = request.Path.IsFeed;
        return request.Path.Types switch
        {
            [] => method == "GET" ? Ask.ReadAccount : Ask.Unknown,
            ["dbs"] => Resource(request, Ask.ReadDatabase, Ask.ReadDatabase, Ask.WriteDatabase),
            ["dbs", "colls"] => Resource(request, Ask.ListContainers, Ask.ReadContainer, Ask.WriteContainer),
            ["dbs", "users"] => Resource(request, Ask.ReadUsers, Ask.ReadUsers, Ask.WriteUser),
            ["dbs", "users", "permissions"] => Resource(request, Ask.ReadPermissions, Ask.ReadPermissions, Ask.WritePermission),
            ["dbs", "clientencryptionkeys"] => Resource(request, Ask.ReadEncryptionKeys, Ask.ReadEncryptionKeys, Ask.WriteEncryptionKey),
            ["offers"] => method == "PUT" ? Ask.WriteOffer : method == "GET" || (method == "POST" && isFeed) ? Ask.ReadOffers : Ask.Unknown,
            ["dbs", "colls", "docs"] => Items(request, method, isFeed),
            ["dbs", "colls", "pkranges"] => method == "GET" ? Ask.ReadRanges : Ask.Unknown,
            ["dbs", "colls", "conflicts"] => Conflicts(request, method, isFeed),
            ["dbs", "colls", "operations"] => method == "POST" ? Ask.DeletePartition : Ask.Unknown,
            ["dbs", "colls", "sprocs"] when method == "POST" && !isFeed => Ask.RunProcedure,
            ["dbs", "colls", "sprocs" or "triggers" or "udfs"] => Resource(request, Ask.ReadScripts, Ask.ReadScripts, Ask.WriteScript),
            _ => Ask.Unknown,
        };
    }

    /// <summary>What an operation of a batch asks for.</summary>
    public static Ask Of(BatchOperationType operation) => operation switch
    {
        BatchOperationType.Create => Ask.CreateItem,
        BatchOperationType.Upsert => Ask.UpsertItem,
        BatchOperationType.Replace => Ask.ReplaceItem,
        BatchOperationType.Patch => Ask.PatchItem,
        BatchOperationType.Delete => Ask.DeleteItem,
        _ => Ask.ReadItem,
    };

    /// <summary>Whether it changes nothing. A batch is taken for reading until its operations are known.</summary>
    public static bool Reads(this Ask ask) => ask is Ask.ReadAccount or Ask.ReadDatabase or Ask.ReadContainer or Ask.ListContainers or Ask.ReadRanges
        or Ask.PlanQuery or Ask.ReadItem or Ask.Query or Ask.ReadFeed or Ask.ReadChangeFeed or Ask.Batch or Ask.ReadConflicts or Ask.ReadScripts
        or Ask.ReadOffers or Ask.ReadUsers or Ask.ReadPermissions or Ask.ReadEncryptionKeys;

    /// <summary>As an error says it: <c>ReplaceItem</c>.</summary>
    public static string Words(this Ask ask) => ask == Ask.Unknown ? "this request" : $"{ask}";

    private static Ask Resource(BackplaneRequest request, Ask list, Ask read, Ask write) => (request.Http.Request.Method, request.Path.IsFeed) switch
    {
        ("GET", true) => list,
        ("POST", true) => request.Flag(CosmosHeaders.IsQuery) ? list : write,
        ("GET", false) => read,
        ("PUT" or "DELETE", false) => write,
        _ => Ask.Unknown,
    };

    private static Ask Items(BackplaneRequest request, string method, bool isFeed) => (method, isFeed) switch
    {
        ("POST", true) when request.Flag(CosmosHeaders.IsQueryPlanRequest) => Ask.PlanQuery,
        ("POST", true) when request.Flag(CosmosHeaders.IsQuery) => Ask.Query,
        ("POST", true) when request.Flag(CosmosHeaders.IsBatchRequest) => Ask.Batch,
        ("POST", true) => request.Flag(CosmosHeaders.IsUpsert) ? Ask.UpsertItem : Ask.CreateItem,
        ("GET", true) => request.Header(CosmosHeaders.AIm) is null ? Ask.ReadFeed : Ask.ReadChangeFeed,
        ("GET", false) => Ask.ReadItem,
        ("PUT", false) => Ask.ReplaceItem,
        ("PATCH", false) => Ask.PatchItem,
        ("DELETE", false) => Ask.DeleteItem,
        _ => Ask.Unknown,
    };

    private static Ask Conflicts(BackplaneRequest request, string method, bool isFeed) => (method, isFeed) switch
    {
        ("POST", true) when request.Flag(CosmosHeaders.IsQueryPlanRequest) => Ask.PlanQuery,
        ("POST", true) when request.Flag(CosmosHeaders.IsQuery) => Ask.ReadConflicts,
        ("GET", _) => Ask.ReadConflicts,
        ("DELETE", false) => Ask.DeleteConflict,
        _ => Ask.Unknown,
    };
}
