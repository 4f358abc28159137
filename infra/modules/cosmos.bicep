// An account: the backplane of all regions or of one stamp's, which takes writes in every region, with the containers of containers.json; or the
// directory of tenants, which takes them in one.
param name string
param location string

@description('In the order of geode.json, which is the order of fail-over.')
param regions array

@description('Every region takes writes; else the first one, until a person has Azure make it another: two that both take writes for a moment are one too many.')
param everyRegionWrites bool

param databaseName string

// Strong is not to be had where several regions take writes.
@allowed(['BoundedStaleness', 'Session', 'ConsistentPrefix', 'Eventual'])
param consistency string

param containers array
param databaseMaxThroughput int
param backupTier string

@description('Reached from the geodes\' networks only (private-links.bicep), no longer by identity from anywhere.')
param private bool

@description('Nobody can delete it before the lock is taken off.')
param locked bool

@description('What is lost with it, as the lock tells who tries.')
param holds string

@description('Which keys take most of the throughput may be told in logs, which are kept in the home region. Keys are data.')
param keysInLogs bool

param workspaceId string
param tags object

var lastWriterWins = 'LastWriterWins'

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    enableMultipleWriteLocations: everyRegionWrites
    enableAutomaticFailover: everyRegionWrites
    locations: [for (region, i) in regions: {
      locationName: region.name
      failoverPriority: i
      isZoneRedundant: region.zoneRedundant
    }]
    consistencyPolicy: union(
      { defaultConsistencyLevel: consistency },
      // The least that Azure takes from an account of several regions.
      consistency == 'BoundedStaleness' ? { maxStalenessPrefix: 100000, maxIntervalInSeconds: 300 } : {}
    )
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    // Each region and partition is billed for its own load: what night saves in one region is not spent by day in another.
    enablePerRegionPerPartitionAutoscale: true
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: backupTier }
    }
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: { id: databaseName }
    options: {
      autoscaleSettings: { maxThroughput: databaseMaxThroughput }
    }
  }
}

@batchSize(4)
resource items 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [for container in containers: {
  parent: database
  name: container.name
  properties: {
    resource: union(
      {
        id: container.name
        partitionKey: {
          paths: container.partitionKey
          kind: length(container.partitionKey) > 1 ? 'MultiHash' : 'Hash'
          version: 2
        }
        conflictResolutionPolicy: (container.?conflicts.?mode ?? lastWriterWins) == lastWriterWins ? {
          mode: lastWriterWins
          conflictResolutionPath: container.?conflicts.?path ?? '/_ts'
        } : {
          mode: 'Custom'
        }
      },
      contains(container, 'defaultTtlSeconds') ? { defaultTtl: container.defaultTtlSeconds } : {},
      contains(container, 'uniqueKeys') ? {
        uniqueKeyPolicy: { uniqueKeys: map(container.uniqueKeys, key => { paths: key }) }
      } : {}
    )
    options: contains(container, 'maxThroughput') ? {
      autoscaleSettings: { maxThroughput: container.maxThroughput }
    } : {}
  }
}]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  name: 'keep'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: holds
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: concat(
      [{ category: 'ControlPlaneRequests', enabled: true }],
      keysInLogs ? [{ category: 'PartitionKeyRUConsumption', enabled: true }] : []
    )
    metrics: [{ category: 'Requests', enabled: true }]
  }
}

output id string = account.id
output name string = account.name
output endpoint string = account.properties.documentEndpoint
