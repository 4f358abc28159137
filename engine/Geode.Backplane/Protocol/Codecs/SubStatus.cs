namespace Geode.Backplane.Protocol.Codecs;

/// <summary>Values of <see cref="CosmosHeaders.SubStatus"/>; each means something only with the HTTP status beside it.</summary>
public static class SubStatus
{
    public const int None = 0;

    /// <summary>403: this region takes no writes.</summary>
    public const int WriteForbidden = 3;

    /// <summary>410 or 400: the name leads to another resource than the client has cached.</summary>
    public const int NameCacheIsStale = 1000;

    /// <summary>400: the partition key of the header is not that of the body, or has the wrong number of levels.</summary>
    public const int PartitionKeyMismatch = 1001;

    /// <summary>404: this replica has not seen what the session has.</summary>
    public const int ReadSessionNotAvailable = 1002;

    /// <summary>410: no such partition key range (any more).</summary>
    public const int PartitionKeyRangeGone = 1002;

    /// <summary>404: not the resource, but what contains it is missing.</summary>
    public const int OwnerResourceNotFound = 1003;

    /// <summary>400: the query spans partitions and the gateway cannot serve it; the client must plan it.</summary>
    public const int CrossPartitionQueryNotServable = 1004;

    /// <summary>400: the container is not the one that the client encrypts for; it was made anew.</summary>
    public const int IncorrectContainerRid = 1024;

    /// <summary>412: the item does not satisfy the condition of a patch.</summary>
    public const int PatchConditionNotMet = 1110;

    /// <summary>410: the partition is being split.</summary>
    public const int CompletingSplit = 1007;

    /// <summary>410: the partition is moving. 403: the account does not exist in this region (draining).</summary>
    public const int CompletingPartitionMigration = 1008;

    /// <summary>403, by its other name: the region is draining.</summary>
    public const int DatabaseAccountNotFound = 1008;

    /// <summary>429: the request budget of the container is used up.</summary>
    public const int RequestBudgetExceeded = 3200;

    /// <summary>401 or 403: no authorization header.</summary>
    public const int MissingAuthHeader = 5000;

    /// <summary>401: the authorization header has the wrong form.</summary>
    public const int InvalidAuthHeaderFormat = 5001;

    /// <summary>401: Microsoft Entra tokens are not accepted here.</summary>
    public const int AadAuthDisabled = 5002;

    /// <summary>401: the Microsoft Entra token is no JSON Web Token.</summary>
    public const int AadTokenInvalidFormat = 5003;

    /// <summary>401: the Microsoft Entra token begins to be valid later.</summary>
    public const int AadTokenNotYetValid = 5005;

    /// <summary>401: the Microsoft Entra token has expired.</summary>
    public const int AadTokenExpired = 5006;

    /// <summary>401: the Microsoft Entra token is for another service.</summary>
    public const int AadTokenInvalidAudience = 5008;

    /// <summary>401: the Microsoft Entra token of a person was not asked for with the scope that Cosmos DB needs.</summary>
    public const int AadTokenInvalidScope = 5009;

    /// <summary>401: the Microsoft Entra token does not say whose it is.</summary>
    public const int AadTokenMissingObjectIdentifier = 5011;

    /// <summary>403: keys are not accepted here.</summary>
    public const int LocalAuthDisabled = 5202;

    /// <summary>403: no role of Cosmos DB's data plane allows this to anybody.</summary>
    public const int RbacOperationNotSupported = 5300;

    /// <summary>403: no role of the principal lets it read metadata there.</summary>
    public const int RbacUnauthorizedMetadataRequest = 5301;

    /// <summary>403: no role of the principal allows that on data addressed by names.</summary>
    public const int RbacUnauthorizedNameBasedDataRequest = 5302;

    /// <summary>403: no role of the principal allows that on data addressed by <c>_rid</c>s.</summary>
    public const int RbacUnauthorizedRidBasedDataRequest = 5303;

    /// <summary>400: a script does not compile.</summary>
    public const int ScriptCompileError = 65535;
}
