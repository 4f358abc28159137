// One geode as Front Door sees it.
param profileName string
param originGroupName string
param region object
param hostName string

@description('A drained region keeps its origin and gets nothing.')
param enabled bool

resource profile 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: profileName
}

resource geodes 'Microsoft.Cdn/profiles/originGroups@2025-06-01' existing = {
  parent: profile
  name: originGroupName
}

resource geode 'Microsoft.Cdn/profiles/originGroups/origins@2025-06-01' = {
  parent: geodes
  name: region.name
  properties: {
    hostName: hostName
    originHostHeader: hostName
    httpPort: 80
    httpsPort: 443
    priority: region.priority
    weight: region.weight
    enabledState: enabled ? 'Enabled' : 'Disabled'
    enforceCertificateNameCheck: true
  }
}
