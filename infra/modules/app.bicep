// One process of one geode as a container app, with the environment that Geode.Topology gives it on a laptop too.
@description('api or worker: the same in every region, which is how azd finds it again in the home region\'s group.')
param name string

param region object
param appsEnvironmentName string
param identityName string
param insightsName string
param image string
param registryEndpoint string
param cosmosEndpoint string

@description('The planet as one line of JSON; where there are stamps, all of it.')
param planetJson string

@description('What the names of accounts are made of.')
param token string

@description('Where there are stamps: whether the app moves tenants, for which it is told of all accounts that its identity may open.')
param movesTenants bool = false

@description('Where there are stamps: variables that say where to pass on what is another stamp\'s.')
param stampAddresses array = []

@description('Front Door profile that requests have to come through; empty for an app without ingress.')
param frontDoorId string = ''

@description('Storage account whose keys sign visitors\' cookies, and its group; empty for an app that sees no visitors.')
param keysAccount string = ''
param keysGroup string = ''

@description('key2 to sign with the second key; else the first one does. The other one verifies, so that a rotation logs nobody out.')
param signingKey string = ''

@description('Last part of the revision\'s name; the same in every region.')
param revision string

@description('Weights by revision while two are live; empty when the newest takes everything.')
param traffic array = []

@description('Role that lets the geode change how many replicas of this app run at least; empty where the steward does not act.')
param stewardRoleId string = ''

@description('What the steward may change in Azure: variables of the Worker.')
param stewardTargets array = []

param scaleRules array
param tags object

@description('Cores and memory of app and collector together have to be one of the pairs that Container Apps offers.')
param resources object = { cpu: json('0.75'), memory: '1.5Gi' }

@description('In the registry, which has it from where it is made.')
param collectorImage string = 'opentelemetry-collector:0.130.0'

var port = 8080
var hasIngress = !empty(frontDoorId)

// Three zones are of use to three replicas.
var leastReplicas = region.zoneRedundant ? max(3, region.minReplicas) : region.minReplicas

// The platform's probes do not pass Front Door, and the Api refuses what did not.
var probeHeaders = hasIngress ? [{ name: 'X-Azure-FDID', value: frontDoorId }] : []

var names = loadJsonContent('../names.json')
var regionNumbers = any(loadJsonContent('../regions.json'))

// A process knows its stamp as its planet, in which regions keep their numbers, and the whole planet besides.
var whole = json(planetJson)
var stamps = whole.?stamps ?? []
var stamped = !empty(stamps)
var numbered = map(range(0, length(whole.regions)), i => startsWith(string(whole.regions[i]), '{') ? union({ index: i }, whole.regions[i]) : { name: whole.regions[i], index: i })
var stamp = stamped ? filter(stamps, other => contains(other.regions, region.name))[0] : { name: '', regions: map(numbered, other => other.name) }
var asStamp = union(
  toObject(filter(items(whole), part => !contains(['regions', 'links', 'stamps', 'tenants'], part.key)), part => part.key, part => part.value),
  {
    regions: filter(numbered, other => contains(stamp.regions, other.name))
    links: filter(whole.?links ?? [], link => contains(stamp.regions, link.from) && contains(stamp.regions, link.to))
    steward: union({ mode: 'advise' }, whole.?steward ?? {})
  }
)
var ownEndpoint = stamped ? format(stampEndpoint, format(names.stampCosmos, token, stamp.name)) : cosmosEndpoint
var stampEndpoint = 'https://{0}.documents.azure.com:443/'

// As main.bicep opens them: what has to stay in a place is open to who is there.
var reached = movesTenants ? filter(stamps, other => other.name != stamp.name && contains(['', stamp.?residency ?? ''], other.?residency ?? '')) : []
var stampContract = stamped ? concat([
  { name: 'Geode__WholePlanet', value: planetJson }
  { name: 'ConnectionStrings__directory', value: 'AccountEndpoint=${format(stampEndpoint, format(names.directory, token))};' }
], map(reached, other => {
  name: 'ConnectionStrings__stamp-${other.name}'
  value: 'AccountEndpoint=${format(stampEndpoint, format(names.stampCosmos, token, other.name))};'
})) : []

var attachments = map(contains(whole, 'attachments') ? filter(numbered, other => contains(stamp.regions, other.name)) : [], other => {
  name: 'Geode__Attachments__${other.name}'
  value: 'https://${format(names.attachments, token, regionNumbers[other.name])}.blob.${environment().suffixes.storage}'
})

var contract = [
  { name: 'Geode__Region', value: region.name }
  { name: 'Geode__Planet', value: stamped ? string(asStamp) : planetJson }
  { name: 'ConnectionStrings__backplane', value: 'AccountEndpoint=${ownEndpoint};' }
  { name: 'ASPNETCORE_URLS', value: 'http://+:${port}' }
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://127.0.0.1:4317' }
  // Application Insights adds up what it is sent.
  { name: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', value: 'delta' }
  { name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'cloud.provider=azure,cloud.platform=azure_container_apps,cloud.region=${region.name}' }
]

// Azure.Identity's own variable: which of the app's identities to be.
var identityChoice = [
  { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
]

var signs = keys.listKeys().keys[signingKey == 'key2' ? 1 : 0]
var verifies = keys.listKeys().keys[signingKey == 'key2' ? 0 : 1]
var seesVisitors = !empty(keysAccount)

var signing = seesVisitors ? [
  { name: 'Geode__Keys', secretRef: 'signing-keys' }
] : []

var originLock = hasIngress ? [
  { name: 'Geode__FrontDoorId', value: frontDoorId }
] : []

resource appsEnvironment 'Microsoft.App/managedEnvironments@2025-01-01' existing = {
  name: appsEnvironmentName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource keys 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: seesVisitors ? keysAccount : 'none'
  scope: resourceGroup(seesVisitors ? keysGroup : resourceGroup().name)
}

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: region.name
  tags: union(tags, { 'azd-service-name': name, 'geode-region': region.name })
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: appsEnvironment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: empty(traffic) ? 'Single' : 'Multiple'
      maxInactiveRevisions: 10
      // Opens nothing in Azure. Whatever does is opened by the identity.
      secrets: seesVisitors ? [
        { name: 'signing-keys', value: '${signs.keyName}:${signs.value},${verifies.keyName}:${verifies.value}' }
      ] : []
      registries: [
        { server: registryEndpoint, identity: identity.id }
      ]
      ingress: hasIngress ? {
        external: true
        targetPort: port
        transport: 'auto'
        allowInsecure: false
        traffic: empty(traffic) ? [{ latestRevision: true, weight: 100 }] : traffic
      } : null
    }
    template: {
      revisionSuffix: revision
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: name
          image: image
          resources: resources
          env: concat(contract, stampContract, stampAddresses, attachments, identityChoice, signing, originLock, stewardTargets)
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/health/live', port: port, httpHeaders: probeHeaders }
              periodSeconds: 4
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: { path: '/health/live', port: port, httpHeaders: probeHeaders }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: { path: '/health/ready', port: port, httpHeaders: probeHeaders }
              periodSeconds: 5
              timeoutSeconds: 5
              failureThreshold: 2
            }
          ]
        }
        {
          name: 'collector'
          image: '${registryEndpoint}/${collectorImage}'
          args: ['--config=env:COLLECTOR_CONFIG']
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
          env: [
            { name: 'COLLECTOR_CONFIG', value: loadTextContent('collector.yaml') }
            { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
          ]
          probes: [
            { type: 'Liveness', httpGet: { path: '/', port: 13133 }, periodSeconds: 10 }
          ]
        }
      ]
      scale: {
        minReplicas: leastReplicas
        maxReplicas: max(leastReplicas, region.maxReplicas)
        rules: scaleRules
      }
    }
  }
}

resource steward 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(stewardRoleId)) {
  name: guid(app.id, identity.id, stewardRoleId)
  scope: app
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: stewardRoleId
  }
}

output name string = app.name
