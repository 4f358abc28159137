// What visitors' cookies are signed with, the same for every geode. Azure makes, keeps and rotates two keys for a storage
// account; this one stores nothing and opens to nobody, so its keys serve as nothing else.
param name string
param location string
param tags object

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  // It stores nothing, so nothing has to be copied elsewhere.
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: 'Disabled'
    supportsHttpsTrafficOnly: true
  }
}

output name string = account.name
