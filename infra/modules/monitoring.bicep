// One workspace that every region's telemetry and diagnostics end in, the workbook over it, and whom alerts go to.
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

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'planet')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Planet'
    category: 'workbook'
    sourceId: workspace.id
    serializedData: loadTextContent('workbook.json')
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
