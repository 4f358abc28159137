// The database's address inside one geode's network, for every region of the account: nothing of it goes over the internet. The zone that
// names it is the geode's own, so a geode needs no other's.
param region string
param networkName string
param endpointsSubnetId string
param cosmosId string
param tags object

var zoneName = 'privatelink.documents.azure.com'

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

resource endpoint 'Microsoft.Network/privateEndpoints@2024-07-01' = {
  name: 'database'
  location: region
  tags: tags
  properties: {
    subnet: { id: endpointsSubnetId }
    privateLinkServiceConnections: [
      { name: 'database', properties: { privateLinkServiceId: cosmosId, groupIds: ['Sql'] } }
    ]
  }

  // Keeps an address for each region of the account, also for one that comes later.
  resource names 'privateDnsZoneGroups' = {
    name: 'names'
    properties: {
      privateDnsZoneConfigs: [
        { name: 'database', properties: { privateDnsZoneId: zone.id } }
      ]
    }
  }
}
