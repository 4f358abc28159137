namespace Geode.Backplane.Protocol.Access;

/// <summary>What a request asks for, as far as rights tell things apart.</summary>
public enum Ask
{
    /// <summary>Nothing that there is; only the account's key gets as far as to be told so.</summary>
    Unknown,

    ReadAccount,
    ReadDatabase,
    WriteDatabase,
    ReadContainer,
    ListContainers,
    WriteContainer,
    ReadRanges,

    /// <summary>Reads no item; a client asks for it before a query.</summary>
    PlanQuery,

    ReadItem,
    CreateItem,
    UpsertItem,
    ReplaceItem,
    PatchItem,
    DeleteItem,
    Query,
    ReadFeed,
    ReadChangeFeed,

    /// <summary>Its operations are asked about one by one.</summary>
    Batch,

    DeletePartition,
    ReadConflicts,
    DeleteConflict,
    ReadScripts,
    WriteScript,
    RunProcedure,
    ReadOffers,
    WriteOffer,
    ReadUsers,
    WriteUser,
    ReadPermissions,
    WritePermission,
    ReadEncryptionKeys,
    WriteEncryptionKey,
}
