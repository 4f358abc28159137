// What a geode's identity may do: pull its image, and read and write data. Names derive from the principal, so that
// reordering the regions moves no assignment.
param registryName string

@description('Accounts that it may read and write.')
param cosmosNames array

param principalId string

var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'
var cosmosDataContributor = '00000000-0000-0000-0000-000000000002'

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' existing = {
  name: registryName
}

resource accounts 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' existing = [for name in cosmosNames: {
  name: name
}]

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, principalId, acrPull)
  scope: registry
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

resource data 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = [for (name, i) in cosmosNames: {
  parent: accounts[i]
  name: guid(accounts[i].id, principalId, cosmosDataContributor)
  properties: {
    principalId: principalId
    roleDefinitionId: '${accounts[i].id}/sqlRoleDefinitions/${cosmosDataContributor}'
    scope: accounts[i].id
  }
}]
