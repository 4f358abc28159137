// Where the diagnostics of what the geodes share end (router, database, registry), and whom alerts go to. A geode's own telemetry stays
// in its region.
param workspaceName string
param location string
param alertEmail string
param tags object

@description('Days that logs are kept.')
param retentionInDays int = 30

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionInDays
    features: { enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'planet'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'planet'
    enabled: true
    emailReceivers: empty(alertEmail) ? [] : [
      { name: 'operators', emailAddress: alertEmail, useCommonAlertSchema: true }
    ]
  }
}

output workspaceId string = workspace.id
output actionGroupId string = actionGroup.id
