// Images are built once and read from the region that runs them: a region can scale out while the home region is away.
param name string
param location string
param regionNames array
param workspaceId string
param tags object

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Premium' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
  }
}

// The home region holds the registry itself and may not be a replica too.
@batchSize(1)
resource replicas 'Microsoft.ContainerRegistry/registries/replications@2025-04-01' = [for region in filter(regionNames, other => other != location): {
  parent: registry
  name: region
  location: region
  tags: tags
}]

// Where the telemetry collector comes from is away at times too: after the first pull the registry has it.
resource collector 'Microsoft.ContainerRegistry/registries/cacheRules@2025-04-01' = {
  parent: registry
  dependsOn: [replicas]
  name: 'collector'
  properties: {
    sourceRepository: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib'
    targetRepository: 'opentelemetry-collector'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: registry
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

output name string = registry.name
output endpoint string = registry.properties.loginServer
