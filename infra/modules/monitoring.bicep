// Where the diagnostics of what the geodes share end (router, database, registry), whom alerts go to, and one view over all geodes, which asks every
// geode's own workspace and goes on with those that answer. A geode's own telemetry stays in its region.
param workspaceName string
param location string
param alertEmail string
param geodeWorkspaceIds array
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

// The file names the two kinds of source by these words.
var ofGeodes = replace(loadTextContent('workbook.json'), '"every-geode"', join(map(geodeWorkspaceIds, id => '"${id}"'), ', '))
var content = replace(ofGeodes, '"global"', '"${workspace.id}"')

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'planet')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Planet'
    category: 'workbook'
    sourceId: workspace.id
    serializedData: content
  }
}

output workspaceId string = workspace.id
output actionGroupId string = actionGroup.id
