// What the geodes share: registry, accounts, key ring, router, and what an operator is told of them.
param location string
param token string

@description('The planet\'s regions. Two at least: fewer make no planet.')
@minLength(2)
param regions array

@description('Each account: its name, regions and containers, and what it is called elsewhere.')
param accounts array

@description('Each stamp\'s name, endpoint and origin group.')
param stamps array

param databaseMaxThroughput int
param backupTier string
param private bool
param locked bool
param frontDoorSku string
param latencyWindowMs int
param requestsPerMinute int
param customDomain string
param workspaceId string
param actionGroupId string
param tags object

var names = loadJsonContent('../names.json')

module registry 'registry.bicep' = {
  name: 'registry'
  params: {
    name: format(names.registry, token)
    location: location
    regionNames: map(regions, region => region.name)
    workspaceId: workspaceId
    tags: tags
  }
}

module cosmos 'cosmos.bicep' = [for account in accounts: {
  name: account.module
  params: {
    name: account.name
    location: location
    regions: filter(regions, region => contains(account.regions, region.name))
    everyRegionWrites: account.everyRegionWrites
    databaseName: account.database
    consistency: account.consistency
    containers: account.containers
    databaseMaxThroughput: databaseMaxThroughput
    backupTier: backupTier
    private: private
    locked: locked
    holds: account.holds
    keysInLogs: empty(account.?residency ?? '')
    workspaceId: workspaceId
    tags: tags
  }
}]

module keys 'storage.bicep' = {
  name: 'keys'
  params: {
    name: format(names.keys, token)
    location: location
    tags: tags
  }
}

module edge 'edge.bicep' = {
  name: 'edge'
  params: {
    profileName: format(names.frontDoor, token)
    endpointName: format(names.endpoint, token)
    originGroupName: names.originGroup
    // Of another name by tier, which a policy cannot change.
    firewallName: '${format(names.firewall, token)}${frontDoorSku == 'Premium_AzureFrontDoor' ? 'premium' : ''}'
    sku: frontDoorSku
    latencyWindowMs: latencyWindowMs
    requestsPerMinute: requestsPerMinute
    customDomain: customDomain
    stamps: stamps
    forwardsPerMinute: max(requestsPerMinute, min(100 * requestsPerMinute, 1000000))
    workspaceId: workspaceId
    tags: tags
  }
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  params: {
    actionGroupId: actionGroupId
    frontDoorId: edge.outputs.profileResourceId
    accounts: accounts
    tags: tags
  }
}

output registryEndpoint string = registry.outputs.endpoint
output cosmosEndpoint string = cosmos[0].outputs.endpoint
output keysName string = keys.outputs.name
output originGroupId string = edge.outputs.originGroupId
output customDomainId string = edge.outputs.customDomainId
output frontDoorId string = edge.outputs.frontDoorId
output url string = edge.outputs.url
output customDomainToken string = edge.outputs.customDomainToken
