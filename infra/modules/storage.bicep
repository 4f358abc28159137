// A storage account that opens to identities alone: its keys open nothing, and nothing of it is public.
// Without a container it is the key ring: what visitors' cookies are signed with, the same for every geode. Azure makes, keeps and rotates two keys for a
// storage account; this one stores nothing and opens to nobody, so its keys serve as nothing else.
param name string
param location string

@description('Empty: none.')
param container string = ''

@description('Where its data has to stay (EU, or a country); empty: anywhere.')
param residency string = ''

@description('Reached from the geodes\' networks only (private-links.bicep).')
param private bool = true

@description('Nobody can delete it before the lock is taken off.')
param locked bool = false

@description('Days that what was deleted can be had back.')
param retentionInDays int = 7

param tags object

// As of 2026-11: https://learn.microsoft.com/azure/reliability/regions-list. A region that is in neither list may have no zones.
var pairedWithZones = [
  'australiaeast', 'brazilsouth', 'canadacentral', 'centralindia', 'centralus', 'eastasia', 'eastus', 'eastus2', 'francecentral', 'germanywestcentral'
  'japaneast', 'japanwest', 'koreacentral', 'northeurope', 'norwayeast', 'southafricanorth', 'southcentralus', 'southeastasia', 'swedencentral'
  'switzerlandnorth', 'uaenorth', 'uksouth', 'westeurope', 'westus2', 'westus3'
]
var pairedWithoutZones = [
  'australiacentral', 'australiacentral2', 'australiasoutheast', 'brazilsoutheast', 'canadaeast', 'francesouth', 'germanynorth', 'koreasouth'
  'northcentralus', 'norwaywest', 'southafricawest', 'southindia', 'switzerlandwest', 'uaecentral', 'ukwest', 'westcentralus', 'westindia', 'westus'
]
var unpairedWithZones = [
  'austriaeast', 'belgiumcentral', 'chilecentral', 'denmarkeast', 'indonesiacentral', 'israelcentral', 'italynorth', 'malaysiawest', 'mexicocentral'
  'newzealandnorth', 'polandcentral', 'qatarcentral', 'spaincentral'
]

// Their pair is in another country; that of the last two is in the European Union, as they are.
var pairedAbroad = concat(['brazilsouth', 'eastasia', 'southeastasia'], residency == 'EU' ? [] : ['northeurope', 'westeurope'])
var staysHere = !empty(residency) && contains(pairedAbroad, location)
var hasZones = contains(concat(pairedWithZones, unpairedWithZones), location)
var isCopied = contains(concat(pairedWithZones, pairedWithoutZones), location) && !staysHere
var redundancy = isCopied ? (hasZones ? 'Standard_RAGZRS' : 'Standard_RAGRS') : (hasZones ? 'Standard_ZRS' : 'Standard_LRS')

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  // What stores nothing needs no copy elsewhere.
  sku: { name: empty(container) ? 'Standard_LRS' : redundancy }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = if (!empty(container)) {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: retentionInDays }
    containerDeleteRetentionPolicy: { enabled: true, days: retentionInDays }
  }

  resource own 'containers' = {
    name: empty(container) ? 'none' : container
    properties: { publicAccess: 'None' }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  name: 'keep'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Attachments that were written in ${location}.'
  }
}

output name string = account.name

@description('The region\'s pair has a copy, which can be read.')
output isCopied bool = isCopied && !empty(container)
