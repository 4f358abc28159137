// One geode's platform: its network, where its apps run, who they are, and where their telemetry ends. Nothing here needs
// another region, the home region included: an alert goes on when any other region is away.
param region object
param networkName string
param networkRulesName string
param appsEnvironmentName string
param platformGroupName string
param identityName string
param insightsName string
param testerAddress string
param workspaceName string
param actionGroupId string

@description('Storage account for attachments; empty where there are none.')
param attachmentsName string

@description('Attachments are reached from the geodes\' networks only.')
param private bool

@description('Nobody can delete them before the lock is taken off.')
param locked bool

param tags object

@description('Days that the geode\'s telemetry is kept.')
param retentionInDays int = 30

@description('Seconds that a change-feed processor may be behind.')
param maxProcessorLagSeconds int = 60

// The region's number is its own for good, so reordering regions renumbers no network.
var networkRange = '10.${region.number}.0.0/16'
var appsRange = '10.${region.number}.0.0/23'
var endpointsRange = '10.${region.number}.2.0/24'

// Of the internet, only Front Door reaches the apps; which Front Door is checked by the Api (X-Azure-FDID).
var ingressRules = concat(
  [{ name: 'front-door', source: 'AzureFrontDoor.Backend' }],
  empty(testerAddress) ? [] : [{ name: 'tester', source: testerAddress }]
)

resource networkRules 'Microsoft.Network/networkSecurityGroups@2024-07-01' = {
  name: networkRulesName
  location: region.name
  tags: tags
  properties: {
    securityRules: [for (rule, i) in ingressRules: {
      name: rule.name
      properties: {
        // Room before them, for a drill that closes the region.
        priority: 1000 + 10 * i
        direction: 'Inbound'
        access: 'Allow'
        protocol: 'Tcp'
        sourceAddressPrefix: rule.source
        sourcePortRange: '*'
        destinationAddressPrefix: appsRange
        // 31443 is where Container Apps' own proxy listens behind the public 443.
        destinationPortRanges: ['443', '31443']
      }
    }]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: networkName
  location: region.name
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [networkRange] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: appsRange
          networkSecurityGroup: { id: networkRules.id }
          delegations: [
            { name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }
          ]
        }
      }
      { name: 'endpoints', properties: { addressPrefix: endpointsRange } }
    ]
  }
}

resource appsEnvironment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: appsEnvironmentName
  location: region.name
  tags: tags
  properties: {
    // The name it would choose can be too long for a resource group.
    infrastructureResourceGroup: platformGroupName
    vnetConfiguration: {
      internal: false
      infrastructureSubnetId: network.properties.subnets[0].id
    }
    // Can only be chosen when the environment is created.
    zoneRedundant: region.zoneRedundant
    workloadProfiles: [
      { name: 'Consumption', workloadProfileType: 'Consumption' }
    ]
    // Through diagnostic settings, which need no workspace key.
    appLogsConfiguration: { destination: 'azure-monitor' }
  }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: identityName
  location: region.name
  tags: tags
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: region.name
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionInDays
    features: { enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: region.name
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: workspace.id
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: appsEnvironment
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

var logAlerts = [
  {
    name: 'put-aside'
    description: 'A change could not be processed and waits in the container of dead letters.'
    query: 'AppMetrics | where Name == "geode.processor.put_aside" | summarize Value = sum(Sum) by Processor = tostring(Properties["geode.processor"])'
    threshold: 0
  }
  {
    name: 'processor-lag'
    description: 'A change-feed processor falls behind.'
    query: 'AppMetrics | where Name == "geode.processor.lag" | summarize Value = max(Max) by Processor = tostring(Properties["geode.processor"])'
    threshold: maxProcessorLagSeconds
  }
]

resource onLogs 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in logAlerts: {
  name: alert.name
  location: region.name
  tags: tags
  kind: 'LogAlert'
  properties: {
    description: '${region.name}: ${alert.description}'
    severity: 2
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    // The tables appear with the first telemetry, after this.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          metricMeasureColumn: 'Value'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: alert.threshold
          dimensions: [{ name: 'Processor', operator: 'Include', values: ['*'] }]
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}]

module attachments 'storage.bicep' = if (!empty(attachmentsName)) {
  name: 'attachments'
  params: {
    name: empty(attachmentsName) ? 'none' : attachmentsName
    location: region.name
    container: 'attachments'
    residency: region.residency
    private: private
    locked: locked
    tags: tags
  }
}

output endpointsSubnetId string = network.properties.subnets[1].id
output domain string = appsEnvironment.properties.defaultDomain
output principalId string = identity.properties.principalId

@description('The region\'s pair has a copy of its attachments, which can be read.')
output attachmentsAreCopied bool = empty(attachmentsName) ? false : attachments!.outputs.isCopied
