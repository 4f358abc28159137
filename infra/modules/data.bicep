// What one geode may open, and by which way it gets there: images, databases, attachments of its own and of the regions that share data with it.
param region object
param environmentName string
param token string
param principalId string
param endpointsSubnetId string

@description('Databases that it may read and write: name, id, and a name for its endpoint in the geode\'s network.')
param accounts array

@description('off: by public addresses. Otherwise there are addresses inside the geode\'s network.')
param privateDatabase string

@description('The geode\'s own account for attachments; empty where there are none.')
param attachmentsName string

@description('Each region with an account for attachments that the geode may open: its name, its account\'s id, whether that is copied, and its geode\'s principal; none where there are no attachments.')
param attachments array

param tags object

var names = loadJsonContent('../names.json')
var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

module access 'access.bicep' = {
  name: 'access-${region.name}'
  scope: resourceGroup(format(names.globalGroup, environmentName))
  params: {
    registryName: format(names.registry, token)
    cosmosNames: map(accounts, account => account.name)
    principalId: principalId
  }
}

module privateDatabases 'private-links.bicep' = if (privateDatabase != 'off') {
  name: 'private-database'
  dependsOn: [access]
  params: {
    region: region.name
    networkName: format(names.network, region.name)
    endpointsSubnetId: endpointsSubnetId
    zoneName: 'privatelink.documents.azure.com'
    accounts: map(accounts, account => { link: account.link, id: account.id, part: 'Sql' })
    tags: tags
  }
}

module privateAttachments 'private-links.bicep' = if (privateDatabase != 'off' && !empty(attachments)) {
  name: 'private-attachments'
  dependsOn: [privateDatabases]
  params: {
    region: region.name
    networkName: format(names.network, region.name)
    endpointsSubnetId: endpointsSubnetId
    zoneName: 'privatelink.blob.${environment().suffixes.storage}'
    // What is copied has a second name, by which the copy is read while the region is away, and Azure wants an endpoint of its own for it.
    accounts: concat(
      map(attachments, other => { link: 'attachments-${other.region}', id: other.id, part: 'blob' }),
      map(filter(attachments, other => other.isCopied), other => { link: 'attachments-${other.region}-copy', id: other.id, part: 'blob_secondary' })
    )
    tags: tags
  }
}

// The geode's own attachments. All that share data with it read them, and delete one where its deletion is asked of them. Names derive from the
// principal: an identity that was deleted and made anew is somebody else, and an assignment cannot change whose it is.
resource own 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: empty(attachmentsName) ? 'none' : attachmentsName
}

resource files 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for other in attachments: {
  name: guid(own.id, other.principalId, blobContributor)
  scope: own
  properties: {
    principalId: other.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
  }
}]
