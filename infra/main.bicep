// The planet of geode.json in Azure: global resources in one group, each geode's platform in a group of its own.
// The apps themselves are deployed by api.bicep and worker.bicep, once their images exist.
targetScope = 'subscription'

@description('Name of the azd environment; part of the resource groups\' names.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Home region: where the registry and the metadata of global resources live. It has no run-time meaning.')
param location string

@description('Regions that Front Door sends nothing to, separated by commas. For drills, and before a region is removed.')
param drainedRegions string = ''

@description('Premium adds the managed rule sets of the web application firewall.')
@allowed(['Standard_AzureFrontDoor', 'Premium_AzureFrontDoor'])
param frontDoorSku string = 'Standard_AzureFrontDoor'

@description('Requests one client address may make in a minute before the firewall refuses it.')
@minValue(10)
param requestsPerMinute int = 1000

@description('Host name of your own for the planet (www.contoso.com); empty for Front Door\'s.')
param customDomain string = ''

@description('Address range (203.0.113.7/32) that may reach the geodes past Front Door, to test a candidate; empty for none.')
param testerAddress string = ''

@description('Autoscale ceiling in RU/s, in every region, that the containers without a ceiling of their own share.')
@minValue(1000)
param databaseMaxThroughput int = 1000

@description('Who is told of alerts; empty for nobody.')
param alertEmail string = ''

@description('What the planet may cost in a month, in the subscription\'s currency: a warning is sent at 80 % of it, and when the month is on its way beyond it. 0 for none.')
@minValue(0)
param monthlyBudget int = 0

@description('on keeps databases and attachments from being deleted by mistake, also by azd down, until the lock is taken off.')
@allowed(['on', 'off'])
param deletionLock string = 'off'

@description('on: the database has addresses inside the geodes\' networks only. prepare makes these and leaves the public one: on a planet that runs, the step before on.')
@allowed(['on', 'prepare', 'off'])
param privateDatabase string = 'off'

@description('How far back the database can be restored to, to the second.')
@allowed(['Continuous7Days', 'Continuous30Days'])
param backupTier string = 'Continuous7Days'

@description('on: the geodes\' identities may do in Azure what the steward plans, each with its own app and its own origin. Also where geode.json says that the steward acts.')
@allowed(['on', 'off'])
param stewardActs string = 'off'

@description('First month of the budget, which cannot be changed once there is one: azd keeps what the first deployment puts out.')
param budgetStart string = ''

@description('The month it is; not to be given.')
param month string = utcNow('yyyy-MM-01')

// any(): the compiler would otherwise hold these to the exact shape that the files happen to have.
var planet = any(loadJsonContent('../geode.json'))
var catalog = any(loadJsonContent('../containers.json'))
var regionNumbers = any(loadJsonContent('regions.json'))
var names = loadJsonContent('names.json')

var token = uniqueString(subscription().id, environmentName)
var tags = { 'azd-env-name': environmentName, 'geode-planet': planet.?name ?? 'geode' }
var stamped = map(planet.?stamps ?? [], stamp => {
  name: stamp.name
  endpoint: format(names.stampEndpoint, token, stamp.name)
  originGroup: format(names.stampGroup, stamp.name)
  regions: stamp.regions
  residency: stamp.?residency ?? ''
})
var listed = [for region in planet.regions: startsWith(string(region), '{') ? region : { name: region }]
var regions = [for region in listed: {
  name: region.name
  number: regionNumbers[region.name]
  priority: region.?priority ?? 1
  weight: region.?weight ?? 1000
  zoneRedundant: region.?footprint == 'zonal' || (region.?zoneRedundant ?? false)
  peers: empty(stamped) ? map(listed, other => other.name) : first(filter(stamped, stamp => contains(stamp.regions, region.name)))!.regions
  attachments: contains(planet, 'attachments') ? format(names.attachments, token, regionNumbers[region.name]) : ''
  residency: empty(stamped) ? '' : first(filter(stamped, stamp => contains(stamp.regions, region.name)))!.residency
}]
var regionNames = map(regions, region => region.name)
var homeGeode = contains(regionNames, location) ? location : regionNames[0]
var drained = map(split(drainedRegions, ','), name => trim(name))

// Without stamps all regions share one account. Else each stamp has one, and all of them the directory of tenants. An account is open to the geodes whose
// data it has. A tenant that moves is carried by the stamp that it leaves, to where nothing has to stay in a place or to one of the same place.
var charters = { name: 'tenants', partitionKey: ['/id'], conflicts: { path: '/revision' } }
var backplane = {
  database: planet.?backplane.?database ?? 'qna'
  consistency: planet.?backplane.?consistency ?? 'Session'
  containers: concat(catalog.containers, empty(stamped) || contains(map(catalog.containers, item => item.name), 'tenants') ? [] : [charters])
  everyRegionWrites: true
}
var databases = empty(stamped) ? [
  union(backplane, {
    name: format(names.cosmos, token)
    module: 'cosmos'
    link: 'database'
    alerts: '{0}'
    holds: 'All data of the planet, in every region.'
    regions: regionNames
    openTo: regionNames
  })
] : concat(
  map(stamped, stamp => union(backplane, {
    name: format(names.stampCosmos, token, stamp.name)
    module: 'cosmos-${stamp.name}'
    link: 'database-${stamp.name}'
    alerts: '{0}-${stamp.name}'
    holds: 'All data of the stamp ${stamp.name}, in every region of it.'
    regions: stamp.regions
    residency: stamp.residency
    openTo: flatten(map(filter(stamped, other => contains(['', other.residency], stamp.residency) || other.name == stamp.name), other => other.regions))
  })),
  [
    {
      name: format(names.directory, token)
      module: 'directory'
      link: 'directory'
      alerts: 'directory-{0}'
      holds: 'Which stamp has which tenant.'
      regions: regionNames
      openTo: regionNames
      database: 'directory'
      consistency: 'Session'
      containers: [{ name: 'tenants', partitionKey: ['/id'] }]
      everyRegionWrites: false
    }
  ]
)
// By name, since a list of what each geode puts out could not be given to one module.
var groupIds = '${subscription().id}/resourceGroups'
var accounts = map(databases, account => union(account, { id: '${groupIds}/${format(names.globalGroup, environmentName)}/providers/Microsoft.DocumentDB/databaseAccounts/${account.name}' }))
var attachments = map(filter(regions, region => !empty(region.attachments)), region => {
  region: region.name
  index: indexOf(regionNames, region.name)
  id: '${groupIds}/${format(names.geodeGroup, environmentName, region.name)}/providers/Microsoft.Storage/storageAccounts/${region.attachments}'
})
var geodeWorkspaceIds = map(regionNames, name => '${groupIds}/${format(names.geodeGroup, environmentName, name)}/providers/Microsoft.OperationalInsights/workspaces/${format(names.workspace, name)}')

var acts = stewardActs == 'on' || planet.?steward.?mode == 'act'
var stewardRole = guid(subscription().id, environmentName, 'geode-steward')
var stewardRoleId = acts ? subscriptionResourceId('Microsoft.Authorization/roleDefinitions', stewardRole) : ''
var budgetMonth = empty(budgetStart) ? month : budgetStart

resource globalGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: format(names.globalGroup, environmentName)
  location: location
  tags: tags
}

resource geodeGroups 'Microsoft.Resources/resourceGroups@2025-04-01' = [for region in regions: {
  name: format(names.geodeGroup, environmentName, region.name)
  location: region.name
  tags: union(tags, { 'geode-region': region.name })
}]

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: globalGroup
  params: {
    workspaceName: format(names.workspace, 'global')
    location: location
    alertEmail: alertEmail
    geodeWorkspaceIds: geodeWorkspaceIds
    tags: tags
  }
}

module shared 'modules/shared.bicep' = {
  name: 'shared'
  scope: globalGroup
  params: {
    location: location
    token: token
    regions: regions
    accounts: accounts
    stamps: stamped
    databaseMaxThroughput: databaseMaxThroughput
    backupTier: backupTier
    private: privateDatabase == 'on'
    locked: deletionLock == 'on'
    frontDoorSku: frontDoorSku
    latencyWindowMs: planet.?router.?latencyWindowMs ?? 50
    requestsPerMinute: requestsPerMinute
    customDomain: customDomain
    workspaceId: monitoring.outputs.workspaceId
    actionGroupId: monitoring.outputs.actionGroupId
    tags: tags
  }
}

// Their groups by name: of geodeGroups[i] the compiler makes, where another region's outputs are asked for, the group of the region that asks.
module stamps 'modules/stamp.bicep' = [for region in regions: {
  name: 'stamp-${region.name}'
  scope: resourceGroup(format(names.geodeGroup, environmentName, region.name))
  dependsOn: [geodeGroups]
  params: {
    region: region
    networkName: format(names.network, region.name)
    networkRulesName: format(names.networkRules, region.name)
    appsEnvironmentName: format(names.environment, region.name)
    platformGroupName: format(names.platformGroup, environmentName, region.name)
    identityName: format(names.identity, region.name)
    insightsName: format(names.insights, region.name)
    workspaceName: format(names.workspace, region.name)
    testerAddress: testerAddress
    attachmentsName: region.attachments
    private: privateDatabase == 'on'
    locked: deletionLock == 'on'
    actionGroupId: monitoring.outputs.actionGroupId
    tags: union(tags, { 'geode-region': region.name })
  }
}]

// The accounts take one change at a time.
@batchSize(1)
module data 'modules/data.bicep' = [for (region, i) in regions: {
  name: 'data-${region.name}'
  scope: geodeGroups[i]
  dependsOn: [shared, stamps]
  params: {
    region: region
    environmentName: environmentName
    token: token
    principalId: stamps[i].outputs.principalId
    endpointsSubnetId: stamps[i].outputs.endpointsSubnetId
    accounts: filter(accounts, account => contains(account.openTo, region.name))
    privateDatabase: privateDatabase
    attachmentsName: region.attachments
    attachments: [for other in filter(attachments, other => contains(region.peers, other.region)): {
      region: other.region
      id: other.id
      principalId: stamps[other.index].outputs.principalId
      isCopied: stamps[other.index].outputs.attachmentsAreCopied
    }]
    tags: union(tags, { 'geode-region': region.name })
  }
}]

@batchSize(1)
module origins 'modules/origin.bicep' = [for (region, i) in regions: {
  name: 'origin-${region.name}'
  scope: globalGroup
  dependsOn: [shared, ofSubscription]
  params: {
    profileName: format(names.frontDoor, token)
    originGroupName: names.originGroup
    stampGroupName: join(map(filter(stamped, stamp => contains(stamp.regions, region.name)), stamp => stamp.originGroup), '')
    region: region
    hostName: 'api.${stamps[i].outputs.domain}'
    enabled: !contains(drained, region.name)
    stewardRoleId: stewardRoleId
    geodePrincipalId: stamps[i].outputs.principalId
  }
}]

// A route is refused while its group has no origin.
module routes 'modules/routes.bicep' = {
  name: 'routes'
  scope: globalGroup
  dependsOn: [origins]
  params: {
    profileName: format(names.frontDoor, token)
    endpointName: format(names.endpoint, token)
    originGroupName: names.originGroup
    stamps: stamped
    customDomainId: shared.outputs.customDomainId
  }
}

module ofSubscription 'modules/subscription.bicep' = if (monthlyBudget > 0 || acts) {
  // Those of several environments are deployed to the one subscription.
  name: 'subscription-${token}'
  params: {
    environmentName: environmentName
    token: token
    budgetName: format(names.budget, token)
    budget: monthlyBudget
    month: budgetMonth
    actionGroupId: monitoring.outputs.actionGroupId
    stewardRole: acts ? stewardRole : ''
  }
}

// Every group carries azd-env-name, so azd has to be told which one is meant.
output AZURE_RESOURCE_GROUP string = globalGroup.name
output AZURE_GEODE_HOME_RESOURCE_GROUP string = format(names.geodeGroup, environmentName, homeGeode)
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = shared.outputs.registryEndpoint
output AZURE_COSMOS_ENDPOINT string = shared.outputs.cosmosEndpoint
output AZURE_KEYS_ACCOUNT string = shared.outputs.keysName
output AZURE_FRONT_DOOR_ID string = shared.outputs.frontDoorId
output AZURE_PLANET_URL string = shared.outputs.url
output AZURE_CUSTOM_DOMAIN_TOKEN string = shared.outputs.customDomainToken
output PLANET_BUDGET_START string = monthlyBudget > 0 ? budgetMonth : budgetStart
output AZURE_GEODE_REGIONS string = join(regionNames, ',')

@description('Whoever has this role may do what the steward plans; empty where nobody may.')
output STEWARD_ROLE_ID string = stewardRoleId
output STEWARD_ORIGIN_GROUP_ID string = acts ? shared.outputs.originGroupId : ''
