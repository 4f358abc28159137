namespace Geode.Backplane.Protocol.Codecs;

/// <summary>The header names of the Cosmos DB REST protocol.</summary>
public static class CosmosHeaders
{
    // Both ways.
    public const string ActivityId = "x-ms-activity-id";
    public const string Continuation = "x-ms-continuation";
    public const string PartitionKeyRangeId = "x-ms-documentdb-partitionkeyrangeid";
    public const string SessionToken = "x-ms-session-token";
    public const string OfferThroughput = "x-ms-offer-throughput";
    public const string OfferAutopilotSettings = "x-ms-cosmos-offer-autopilot-settings";

    // Requests.
    public const string AIm = "A-IM";
    public const string AllowTentativeWrites = "x-ms-cosmos-allow-tentative-writes";
    public const string Authorization = "authorization";
    public const string BatchAtomic = "x-ms-cosmos-batch-atomic";
    public const string BatchContinueOnError = "x-ms-cosmos-batch-continue-on-error";
    public const string BatchOrdered = "x-ms-cosmos-batch-ordered";
    public const string ChangeFeedWireFormatVersion = "x-ms-cosmos-changefeed-wire-format-version";
    public const string ConsistencyLevel = "x-ms-consistency-level";
    public const string ContentSerializationFormat = "x-ms-documentdb-content-serialization-format";
    public const string CorrelatedActivityId = "x-ms-cosmos-correlated-activityid";
    public const string EnableCrossPartitionQuery = "x-ms-documentdb-query-enablecrosspartition";
    public const string EnableScanInQuery = "x-ms-documentdb-query-enable-scan";
    public const string EndEpk = "x-ms-end-epk";
    public const string HttpDate = "date";
    public const string ExpirySeconds = "x-ms-documentdb-expiry-seconds";
    public const string IfMatch = "If-Match";
    public const string IfModifiedSince = "If-Modified-Since";
    public const string IfNoneMatch = "If-None-Match";
    public const string IndexingDirective = "x-ms-indexing-directive";
    public const string IntendedCollectionRid = "x-ms-cosmos-intended-collection-rid";
    public const string IsBatchRequest = "x-ms-cosmos-is-batch-request";
    public const string IsClientEncrypted = "x-ms-cosmos-is-client-encrypted";
    public const string IsContinuationExpected = "x-ms-documentdb-query-iscontinuationexpected";
    public const string IsQuery = "x-ms-documentdb-isquery";
    public const string IsQueryPlanRequest = "x-ms-cosmos-is-query-plan-request";
    public const string IsUpsert = "x-ms-documentdb-is-upsert";
    public const string MaxItemCount = "x-ms-max-item-count";
    public const string MigrateOfferToAutopilot = "x-ms-cosmos-migrate-offer-to-autopilot";
    public const string MigrateOfferToManualThroughput = "x-ms-cosmos-migrate-offer-to-manual-throughput";
    public const string NoRetryOn449 = "x-ms-noretry-449";
    public const string OptimisticDirectExecute = "x-ms-cosmos-query-optimisticdirectexecute";
    public const string ParallelizeCrossPartitionQuery = "x-ms-documentdb-query-parallelizecrosspartitionquery";
    public const string PartitionKey = "x-ms-documentdb-partitionkey";
    public const string PopulateIndexMetrics = "x-ms-cosmos-populateindexmetrics";
    public const string PopulateIndexMetricsV2 = "x-ms-cosmos-populateindexmetrics-V2";
    public const string PopulateQueryMetrics = "x-ms-documentdb-populatequerymetrics";
    public const string PopulateQuotaInfo = "x-ms-documentdb-populatequotainfo";
    public const string PostTriggerInclude = "x-ms-documentdb-post-trigger-include";
    public const string ScriptEnableLogging = "x-ms-documentdb-script-enable-logging";
    public const string ScriptLogResults = "x-ms-documentdb-script-log-results";
    public const string PreTriggerInclude = "x-ms-documentdb-pre-trigger-include";
    public const string Prefer = "Prefer";
    public const string PriorityLevel = "x-ms-cosmos-priority-level";
    public const string QueryVersion = "x-ms-cosmos-query-version";
    public const string ReadFeedKeyType = "x-ms-read-key-type";
    public const string ResponseContinuationTokenLimitInKb = "x-ms-documentdb-responsecontinuationtokenlimitinkb";
    public const string SdkSupportedCapabilities = "x-ms-cosmos-sdk-supportedcapabilities";
    public const string StartEpk = "x-ms-start-epk";
    public const string SupportedQueryFeatures = "x-ms-cosmos-supported-query-features";
    public const string SupportedSerializationFormats = "x-ms-cosmos-supported-serialization-formats";
    public const string Version = "x-ms-version";
    public const string XDate = "x-ms-date";

    // Responses.
    public const string AltContentPath = "x-ms-alt-content-path";
    public const string ContentPath = "x-ms-content-path";
    public const string ETag = "etag";
    public const string GatewayVersion = "x-ms-gatewayversion";
    public const string GlobalCommittedLsn = "x-ms-global-Committed-lsn";
    public const string IndexTransformationProgress = "x-ms-documentdb-collection-index-transformation-progress";
    public const string IndexUtilization = "x-ms-cosmos-index-utilization";
    public const string ItemCount = "x-ms-item-count";
    public const string ItemLsn = "x-ms-item-lsn";
    public const string LastStateChangeUtc = "x-ms-last-state-change-utc";
    public const string LocalLsn = "x-ms-cosmos-llsn";
    public const string Lsn = "lsn";
    public const string MinimumThroughput = "x-ms-cosmos-min-throughput";
    public const string NumberOfReadRegions = "x-ms-number-of-read-regions";
    public const string OfferReplacePending = "x-ms-offer-replace-pending";
    public const string PhysicalPartitionId = "x-ms-cosmos-physical-partition-id";
    public const string QueryMetrics = "x-ms-documentdb-query-metrics";
    public const string RequestCharge = "x-ms-request-charge";
    public const string RequestDurationMs = "x-ms-request-duration-ms";
    public const string RequiresDistribution = "x-ms-cosmos-query-requiresdistribution";
    public const string ResourceQuota = "x-ms-resource-quota";
    public const string ResourceUsage = "x-ms-resource-usage";
    public const string RetryAfterMs = "x-ms-retry-after-ms";
    public const string SchemaVersion = "x-ms-schemaversion";
    public const string ServiceVersion = "x-ms-serviceversion";
    public const string ShareThroughput = "x-ms-share-throughput";
    public const string SubStatus = "x-ms-substatus";
    public const string TransportRequestId = "x-ms-transport-request-id";

    /// <summary>Values of <see cref="AIm"/>.</summary>
    public const string IncrementalFeed = "Incremental Feed";
    public const string FullFidelityFeed = "Full-Fidelity Feed";

    /// <summary>The one value of <see cref="ChangeFeedWireFormatVersion"/>.</summary>
    public const string ChangeFeedWireFormat20210915 = "2021-09-15";
}
