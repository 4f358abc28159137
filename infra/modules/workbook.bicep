// One view over all geodes: it asks every geode's own workspace, and goes on with those that answer.
param location string
param workspaceId string
param geodeWorkspaceIds array
param tags object

// The file names the two kinds of source by these words.
var ofGeodes = replace(loadTextContent('workbook.json'), '"every-geode"', join(map(geodeWorkspaceIds, id => '"${id}"'), ', '))
var content = replace(ofGeodes, '"global"', '"${workspaceId}"')

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'planet')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Planet'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: content
  }
}
