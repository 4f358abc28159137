// The Api in every region: one image, one revision name, one region after another.
param environmentName string
param image string
param registryEndpoint string
param cosmosEndpoint string
param frontDoorId string

@description('Storage account whose keys sign visitors\' cookies.')
param keysAccount string

@description('key2 to sign with the second key; else the first one does. The other one verifies, so that a rotation logs nobody out.')
param signingKey string = ''

@description('Blue/green: the revision that keeps serving (API_REVISION of the deployment to keep); empty when the newest takes over.')
param liveRevision string = ''

@description('Blue/green: the candidate once it exists, so that moving weight makes no new revision; empty for a new one.')
param candidateRevision string = ''

@description('Blue/green: percent of requests that go to the candidate.')
param candidateWeight string = ''

@description('Blue/green: regions whose requests may go to the candidate, separated by commas; empty for all.')
param candidateRegions string = ''

@description('Role that lets a geode change how many replicas of its Api run at least; empty where the steward does not act.')
param stewardRoleId string = ''

@description('Names a new revision; not to be given.')
param deployedAt string = utcNow('yyyyMMdd-HHmmss')

var planet = any(loadJsonContent('../geode.json'))
var names = loadJsonContent('names.json')
var tags = { 'azd-env-name': environmentName }

var listed = [for region in planet.regions: startsWith(string(region), '{') ? region : { name: region }]
var regions = [for region in listed: {
  name: region.name
  zoneRedundant: region.?footprint == 'zonal' || (region.?zoneRedundant ?? false)
  minReplicas: region.?minReplicas ?? 1
  maxReplicas: region.?maxReplicas ?? 10
}]

var token = uniqueString(subscription().id, environmentName)
var stamps = planet.?stamps ?? []

resource router 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: format(names.frontDoor, token)
  scope: resourceGroup(format(names.globalGroup, environmentName))
}

resource stampEndpoints 'Microsoft.Cdn/profiles/afdEndpoints@2025-06-01' existing = [for stamp in stamps: {
  parent: router
  name: format(names.stampEndpoint, token, stamp.name)
}]

var revision = empty(candidateRevision) ? 'r${deployedAt}' : candidateRevision
var candidatePlaces = map(split(candidateRegions, ','), place => trim(place))
var weight = empty(candidateWeight) ? 0 : int(candidateWeight)

// One at a time: a revision that does not come up in the first region stays out of the others.
@batchSize(1)
module apps 'modules/app.bicep' = [for region in regions: {
  name: 'api-${region.name}'
  scope: resourceGroup(format(names.geodeGroup, environmentName, region.name))
  params: {
    name: 'api'
    region: region
    appsEnvironmentName: format(names.environment, region.name)
    identityName: format(names.identity, region.name)
    insightsName: format(names.insights, region.name)
    image: image
    registryEndpoint: registryEndpoint
    cosmosEndpoint: cosmosEndpoint
    planetJson: string(union(planet, { backplane: union(planet.?backplane ?? {}, { kind: 'azure' }) }))
    token: token
    stampAddresses: [for (stamp, s) in stamps: { name: 'Geode__Stamps__${stamp.name}', value: 'https://${stampEndpoints[s].properties.hostName}/' }]
    frontDoorId: frontDoorId
    keysAccount: keysAccount
    keysGroup: format(names.globalGroup, environmentName)
    signingKey: signingKey
    revision: revision
    traffic: empty(liveRevision) ? [] : [
      {
        revisionName: 'api--${liveRevision}'
        label: 'live'
        weight: empty(candidateRegions) || contains(candidatePlaces, region.name) ? 100 - weight : 100
      }
      {
        revisionName: 'api--${revision}'
        label: 'candidate'
        weight: empty(candidateRegions) || contains(candidatePlaces, region.name) ? weight : 0
      }
    ]
    stewardRoleId: stewardRoleId
    scaleRules: [
      { name: 'requests', http: { metadata: { concurrentRequests: string(planet.?scale.?concurrentRequests ?? 50) } } }
    ]
    tags: tags
  }
}]

output API_REVISION string = revision
