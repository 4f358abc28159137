using System.Text.Json;
using Geode.Backplane.Accounts;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary><c>GET /</c>: the account, with every region that can be read and written.</summary>
public static class AccountHandler
{
    // What a client that plans queries by itself needs to know; the names are the account resource's own.
    private static readonly string QueryEngineConfiguration = JsonSerializer.Serialize(new
    {
        allowNewKeywords = true,
        maxInExpressionItemsCount = 16000,
        maxJoinsPerSqlQuery = 10,
        maxLogicalAndPerSqlQuery = 2000,
        maxLogicalOrPerSqlQuery = 2000,
        maxSpatialQueryCells = 12,
        maxSqlQueryInputLength = 524288,
        maxUdfRefPerSqlQuery = 10,
        queryMaxInMemorySortDocumentCount = -1000,
        spatialMaxGeometryPointCount = 256,
        sqlAllowAggregateFunctions = true,
        sqlAllowGroupByClause = true,
        sqlAllowLike = true,
        sqlAllowNonFiniteNumbers = false,
        sqlAllowScalarSubQuery = true,
        sqlAllowSubQuery = true,
        sqlAllowTop = true,
    });

    public static Task HandleAsync(BackplaneRequest request)
    {
        if (!HttpMethods.IsGet(request.Http.Request.Method))
            throw new ProtocolException(405, "The account can only be read.");
        var planet = request.Node.Planet;
        var lists = AccountLists.Of(request.Node, request.Http.Connection.LocalPort, request.Http.Request.Host.Host);
        var account = new
        {
            _self = "",
            id = lists.Id,
            _rid = lists.Id,
            media = "//media/",
            addresses = "//addresses/",
            _dbs = "//dbs/",
            writableLocations = lists.Writable,
            readableLocations = lists.Readable,
            enableMultipleWriteLocations = !planet.Backplane.HasOneWriteRegion,
            continuousBackupEnabled = false,
            userReplicationPolicy = new { asyncReplication = false, minReplicaSetSize = 1, maxReplicasetSize = 4 },
            userConsistencyPolicy = new { defaultConsistencyLevel = planet.Backplane.Consistency },
            systemReplicationPolicy = new { minReplicaSetSize = 1, maxReplicasetSize = 4, asyncReplication = false },
            readPolicy = new { primaryReadCoefficient = 1, secondaryReadCoefficient = 1 },
            queryEngineConfiguration = QueryEngineConfiguration,
        };
        return request.AnswerAsync(200, JsonSerializer.SerializeToUtf8Bytes(account));
    }
}
