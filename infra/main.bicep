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

@description('on keeps the database from being deleted by mistake, also by azd down, until the lock is taken off.')
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

var listed = [for region in planet.regions: startsWith(string(region), '{') ? region : { name: region }]
var regions = [for region in listed: {
  name: region.name
  number: regionNumbers[region.name]
  priority: region.?priority ?? 1
  weight: region.?weight ?? 1000
  zoneRedundant: region.?footprint == 'zonal' || (region.?zoneRedundant ?? false)
}]
var regionNames = map(regions, region => region.name)
var homeGeode = contains(regionNames, location) ? location : regionNames[0]
var drained = map(split(drainedRegions, ','), name => trim(name))

// By name, since a list of what each geode puts out could not be given to one module.
var geodeWorkspaceIds = map(regionNames, name => '${subscription().id}/resourceGroups/${format(names.geodeGroup, environmentName, name)}/providers/Microsoft.OperationalInsights/workspaces/${format(names.workspace, name)}')

var acts = stewardActs == 'on' || planet.?steward.?mode == 'act'
var stewardRole = guid(subscription().id, environmentName, 'geode-steward')
var stewardRoleId = acts ? subscriptionResourceId('Microsoft.Authorization/roleDefinitions', stewardRole) : ''

var budgetMonth = empty(budgetStart) ? month : budgetStart

var token = uniqueString(subscription().id, environmentName)
var tags = { 'azd-env-name': environmentName, 'geode-planet': planet.?name ?? 'geode' }

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

// None of Azure's own roles allows so little. What a geode may do with it, it may do to the resource that it is given the role on.
resource steward 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (acts) {
  name: stewardRole
  properties: {
    roleName: 'Geode steward of ${environmentName} (${token})'
    description: 'Fewest replicas of a geode\'s app, weight and state of its origin.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.App/containerApps/read'
          'Microsoft.App/containerApps/write'
          'Microsoft.Cdn/profiles/origingroups/origins/read'
          'Microsoft.Cdn/profiles/origingroups/origins/write'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [subscription().id]
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: globalGroup
  params: {
    workspaceName: format(names.workspace, 'global')
    location: location
    alertEmail: alertEmail
    tags: tags
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  scope: globalGroup
  params: {
    name: format(names.registry, token)
    location: location
    regionNames: regionNames
    workspaceId: monitoring.outputs.workspaceId
    tags: tags
  }
}

module cosmos 'modules/cosmos.bicep' = {
  name: 'cosmos'
  scope: globalGroup
  params: {
    name: format(names.cosmos, token)
    location: location
    regions: regions
    databaseName: planet.?backplane.?database ?? 'qna'
    consistency: planet.?backplane.?consistency ?? 'Session'
    containers: catalog.containers
    databaseMaxThroughput: databaseMaxThroughput
    backupTier: backupTier
    private: privateDatabase == 'on'
    locked: deletionLock == 'on'
    workspaceId: monitoring.outputs.workspaceId
    tags: tags
  }
}

module keys 'modules/keys.bicep' = {
  name: 'keys'
  scope: globalGroup
  params: {
    name: format(names.keys, token)
    location: location
    tags: tags
  }
}

module stamps 'modules/stamp.bicep' = [for (region, i) in regions: {
  name: 'stamp-${region.name}'
  scope: geodeGroups[i]
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
    actionGroupId: monitoring.outputs.actionGroupId
    tags: union(tags, { 'geode-region': region.name })
  }
}]

// The account takes one change at a time.
@batchSize(1)
module privateDatabases 'modules/private-database.bicep' = [for (region, i) in regions: if (privateDatabase != 'off') {
  name: 'private-database-${region.name}'
  scope: geodeGroups[i]
  dependsOn: [access]
  params: {
    region: region.name
    networkName: format(names.network, region.name)
    endpointsSubnetId: stamps[i].outputs.endpointsSubnetId
    cosmosId: cosmos.outputs.id
    tags: union(tags, { 'geode-region': region.name })
  }
}]

// One after another here too. The names, which could also be asked of the modules, are known before: so a preview shows the assignments.
@batchSize(1)
module access 'modules/access.bicep' = [for (region, i) in regions: {
  name: 'access-${region.name}'
  scope: globalGroup
  dependsOn: [registry, cosmos]
  params: {
    registryName: format(names.registry, token)
    cosmosName: format(names.cosmos, token)
    principalId: stamps[i].outputs.principalId
  }
}]

module edge 'modules/edge.bicep' = {
  name: 'edge'
  scope: globalGroup
  params: {
    profileName: format(names.frontDoor, token)
    endpointName: format(names.endpoint, token)
    originGroupName: names.originGroup
    // Of another name by tier, which a policy cannot change.
    firewallName: '${format(names.firewall, token)}${frontDoorSku == 'Premium_AzureFrontDoor' ? 'premium' : ''}'
    sku: frontDoorSku
    latencyWindowMs: planet.?router.?latencyWindowMs ?? 50
    requestsPerMinute: requestsPerMinute
    customDomain: customDomain
    workspaceId: monitoring.outputs.workspaceId
    tags: tags
  }
}

@batchSize(1)
module origins 'modules/origin.bicep' = [for (region, i) in regions: {
  name: 'origin-${region.name}'
  scope: globalGroup
  dependsOn: [edge, steward]
  params: {
    profileName: format(names.frontDoor, token)
    originGroupName: names.originGroup
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
    customDomainId: edge.outputs.customDomainId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: globalGroup
  params: {
    actionGroupId: monitoring.outputs.actionGroupId
    frontDoorId: edge.outputs.profileResourceId
    cosmosId: cosmos.outputs.id
    tags: tags
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: globalGroup
  params: {
    location: location
    workspaceId: monitoring.outputs.workspaceId
    geodeWorkspaceIds: geodeWorkspaceIds
    tags: tags
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  // Budgets of several environments are deployed to the one subscription.
  name: 'budget-${token}'
  params: {
    name: format(names.budget, token)
    environmentName: environmentName
    amount: monthlyBudget
    month: budgetMonth
    actionGroupId: monitoring.outputs.actionGroupId
  }
}

// Every group carries azd-env-name, so azd has to be told which one is meant.
output AZURE_RESOURCE_GROUP string = globalGroup.name
output AZURE_GEODE_HOME_RESOURCE_GROUP string = format(names.geodeGroup, environmentName, homeGeode)
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.endpoint
output AZURE_COSMOS_ENDPOINT string = cosmos.outputs.endpoint
output AZURE_KEYS_ACCOUNT string = keys.outputs.name
output AZURE_FRONT_DOOR_ID string = edge.outputs.frontDoorId
output AZURE_PLANET_URL string = edge.outputs.url
output AZURE_CUSTOM_DOMAIN_TOKEN string = edge.outputs.customDomainToken
output PLANET_BUDGET_START string = monthlyBudget > 0 ? budgetMonth : budgetStart
output AZURE_GEODE_REGIONS string = join(regionNames, ',')

@description('Whoever has this role may do what the steward plans; empty where nobody may.')
output STEWARD_ROLE_ID string = stewardRoleId
output STEWARD_ORIGIN_GROUP_ID string = acts ? edge.outputs.originGroupId : ''
