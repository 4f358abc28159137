// The router: one Front Door endpoint over one origin group that every geode is in (origin.bicep). Separate groups could not
// fail over. What leads from the endpoint to the group is in routes.bicep. Each stamp has a group and an endpoint of its own besides: geodes of other
// stamps send there what came to them and is not theirs.
param profileName string
param endpointName string
param originGroupName string
param firewallName string
param sku string
param latencyWindowMs int
param requestsPerMinute int
param customDomain string

@description('Each stamp\'s name, endpoint and origin group.')
param stamps array

@description('Requests one address may make in a minute to the endpoints of stamps. To Front Door all that a geode passes on comes from that geode.')
param forwardsPerMinute int

param workspaceId string
param tags object

@description('Every edge site of Front Door probes every geode this often, which also keeps a geode from scaling to none.')
param probeIntervalInSeconds int = 15

var groupProperties = {
  // A geode keeps nothing between requests, so nothing ties a client to one.
  sessionAffinityState: 'Disabled'
  healthProbeSettings: {
    probePath: '/health/ready'
    probeProtocol: 'Https'
    probeRequestType: 'GET'
    probeIntervalInSeconds: probeIntervalInSeconds
  }
  loadBalancingSettings: {
    sampleSize: 4
    successfulSamplesRequired: 3
    additionalLatencyInMilliseconds: latencyWindowMs
  }
}

resource profile 'Microsoft.Cdn/profiles@2025-06-01' = {
  name: profileName
  location: 'global'
  tags: tags
  sku: { name: sku }
  properties: {
    // The shortest there is: what a frozen geode can cost a caller.
    originResponseTimeoutSeconds: 16
  }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-06-01' = {
  parent: profile
  name: endpointName
  location: 'global'
  tags: tags
  properties: { enabledState: 'Enabled' }
}

resource geodes 'Microsoft.Cdn/profiles/originGroups@2025-06-01' = {
  parent: profile
  name: originGroupName
  properties: groupProperties
}

resource stampGroups 'Microsoft.Cdn/profiles/originGroups@2025-06-01' = [for stamp in stamps: {
  parent: profile
  name: stamp.originGroup
  properties: groupProperties
}]

resource stampEndpoints 'Microsoft.Cdn/profiles/afdEndpoints@2025-06-01' = [for stamp in stamps: {
  parent: profile
  name: stamp.endpoint
  location: 'global'
  tags: tags
  properties: { enabledState: 'Enabled' }
}]

resource domain 'Microsoft.Cdn/profiles/customDomains@2025-06-01' = if (!empty(customDomain)) {
  parent: profile
  name: empty(customDomain) ? 'none' : replace(customDomain, '.', '-')
  properties: {
    hostName: customDomain
    tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: 'TLS12' }
  }
}

var domains = empty(customDomain) ? [] : [{ id: domain.id }]

// One for visitors, and where there are stamps one for what geodes pass on to each other.
var firewalls = concat(
  [{ name: firewallName, perMinute: requestsPerMinute }],
  empty(stamps) ? [] : [{ name: '${firewallName}stamps', perMinute: forwardsPerMinute }]
)

resource policies 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2025-11-01' = [for wall in firewalls: {
  name: wall.name
  location: 'global'
  tags: tags
  sku: { name: sku }
  properties: {
    policySettings: { enabledState: 'Enabled', mode: 'Prevention', requestBodyCheck: 'Enabled' }
    customRules: {
      rules: [
        {
          name: 'rate'
          priority: 100
          enabledState: 'Enabled'
          ruleType: 'RateLimitRule'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: wall.perMinute
          action: 'Block'
          matchConditions: [
            { matchVariable: 'RemoteAddr', operator: 'IPMatch', matchValue: ['0.0.0.0/0', '::/0'] }
          ]
        }
      ]
    }
    managedRules: {
      managedRuleSets: sku == 'Premium_AzureFrontDoor' ? [
        { ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1', ruleSetAction: 'Block' }
        { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' }
      ] : []
    }
  }
}]

resource security 'Microsoft.Cdn/profiles/securityPolicies@2025-06-01' = {
  parent: profile
  name: 'firewall'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: policies[0].id }
      associations: [
        { domains: concat([{ id: endpoint.id }], domains), patternsToMatch: ['/*'] }
      ]
    }
  }
}

resource stampSecurity 'Microsoft.Cdn/profiles/securityPolicies@2025-06-01' = if (!empty(stamps)) {
  parent: profile
  name: 'stamps'
  // The profile takes one change at a time.
  dependsOn: [security]
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: policies[empty(stamps) ? 0 : 1].id }
      associations: [
        {
          domains: [for (stamp, i) in stamps: { id: stampEndpoints[i].id }]
          patternsToMatch: ['/*']
        }
      ]
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: profile
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output profileResourceId string = profile.id
output originGroupId string = geodes.id
output customDomainId string = empty(customDomain) ? '' : domain.id
output frontDoorId string = profile.properties.frontDoorId
output url string = 'https://${empty(customDomain) ? endpoint.properties.hostName : customDomain}'
output customDomainToken string = empty(customDomain) ? '' : domain!.properties.?validationProperties.?validationToken ?? ''
