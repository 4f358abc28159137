// One geode as Front Door sees it.
param profileName string
param originGroupName string

@description('The group of its stamp; empty where there are no stamps.')
param stampGroupName string

param region object
param hostName string

@description('A drained region keeps its origin and gets nothing.')
param enabled bool

@description('Role that lets its geode change weight and state of this origin, and no other one; empty where the steward does not act.')
param stewardRoleId string

param geodePrincipalId string

var asOrigin = {
  hostName: hostName
  originHostHeader: hostName
  httpPort: 80
  httpsPort: 443
  priority: region.priority
  weight: region.weight
  enabledState: enabled ? 'Enabled' : 'Disabled'
  enforceCertificateNameCheck: true
}

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
  properties: asOrigin
}

resource stampGroup 'Microsoft.Cdn/profiles/originGroups@2025-06-01' existing = {
  parent: profile
  name: empty(stampGroupName) ? originGroupName : stampGroupName
}

resource inStamp 'Microsoft.Cdn/profiles/originGroups/origins@2025-06-01' = if (!empty(stampGroupName)) {
  parent: stampGroup
  name: region.name
  // The profile takes one change at a time.
  dependsOn: [geode]
  properties: asOrigin
}

resource steward 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(stewardRoleId)) {
  name: guid(geode.id, geodePrincipalId, stewardRoleId)
  scope: geode
  properties: {
    principalId: geodePrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: stewardRoleId
  }
}
