// The Worker in every region. It has no ingress; its leases spread the work over its replicas.
param environmentName string
param image string
param registryEndpoint string
param cosmosEndpoint string

@description('Front Door\'s origin group, where the steward may act; else empty.')
param stewardOriginGroupId string = ''

@description('Names a new revision; not to be given.')
param deployedAt string = utcNow('yyyyMMdd-HHmmss')

var planet = any(loadJsonContent('../geode.json'))
var names = loadJsonContent('names.json')
var tags = { 'azd-env-name': environmentName }

var listed = [for region in planet.regions: startsWith(string(region), '{') ? region : { name: region }]
var regions = [for region in listed: {
  name: region.name
  zoneRedundant: region.?footprint == 'zonal' || (region.?zoneRedundant ?? false)
  // Nothing outside wakes a Worker, so one always runs.
  minReplicas: max(1, region.?minReplicas ?? 1)
  maxReplicas: region.?maxReplicas ?? 10
}]

var revision = 'r${deployedAt}'

@batchSize(1)
module apps 'modules/app.bicep' = [for region in regions: {
  name: 'worker-${region.name}'
  scope: resourceGroup(format(names.geodeGroup, environmentName, region.name))
  params: {
    name: 'worker'
    region: region
    appsEnvironmentName: format(names.environment, region.name)
    identityName: format(names.identity, region.name)
    insightsName: format(names.insights, region.name)
    image: image
    registryEndpoint: registryEndpoint
    cosmosEndpoint: cosmosEndpoint
    planetJson: string(union(planet, { backplane: union(planet.?backplane ?? {}, { kind: 'azure' }) }))
    token: uniqueString(subscription().id, environmentName)
    movesTenants: true
    revision: revision
    stewardTargets: empty(stewardOriginGroupId) ? [] : [
      { name: 'Geode__Azure__App', value: resourceId(subscription().subscriptionId, format(names.geodeGroup, environmentName, region.name), 'Microsoft.App/containerApps', 'api') }
      { name: 'Geode__Azure__Origin', value: '${stewardOriginGroupId}/origins/${region.name}' }
    ]
    // Container Apps has no scaler for the change feed.
    scaleRules: [
      { name: 'cpu', custom: { type: 'cpu', metadata: { type: 'Utilization', value: '70' } } }
    ]
    tags: tags
  }
}]

output WORKER_REVISION string = revision
