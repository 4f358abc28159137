// Addresses of accounts inside one geode's network: nothing of what it reads and writes goes over the internet. The zone that names them is the geode's
// own, so a geode needs no other's.
param region string
param networkName string
param endpointsSubnetId string

@description('Zone of such addresses: privatelink.documents.azure.com.')
param zoneName string

@description('Each address of an account that the geode may open: the account\'s id, the part of it (Sql), and a name for the endpoint.')
param accounts array

param tags object

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' existing = {
  name: networkName
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'geode'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
}

@batchSize(1)
resource endpoints 'Microsoft.Network/privateEndpoints@2024-07-01' = [for account in accounts: {
  name: account.link
  location: region
  tags: tags
  properties: {
    subnet: { id: endpointsSubnetId }
    privateLinkServiceConnections: [
      { name: account.link, properties: { privateLinkServiceId: account.id, groupIds: [account.part] } }
    ]
  }
}]

// Keeps an address for each region of an account, also for one that comes later.
@batchSize(1)
resource endpointNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = [for (account, i) in accounts: {
  parent: endpoints[i]
  name: 'names'
  properties: {
    privateDnsZoneConfigs: [
      { name: account.link, properties: { privateDnsZoneId: zone.id } }
    ]
  }
}]
