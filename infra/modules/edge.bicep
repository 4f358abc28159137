// The router: one Front Door endpoint over one origin group with every geode in it. Separate groups could not fail over.
param profileName string
param endpointName string
param firewallName string
param sku string
param latencyWindowMs int

@description('Objects of name, hostName, priority, weight, enabled.')
param origins array

param requestsPerMinute int
param customDomain string
param workspaceId string
param tags object

@description('Files anyone may see, and only those, are cached: Front Door keeps what says nothing of caching for days.')
param publicPaths array = ['/', '/index.html', '/planet.html', '/assets/*', '/openapi/*']

@description('Every edge site of Front Door probes every geode this often, which also keeps a geode from scaling to none.')
param probeIntervalInSeconds int = 15

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
  name: 'geodes'
  properties: {
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
}

resource geodeOrigins 'Microsoft.Cdn/profiles/originGroups/origins@2025-06-01' = [for origin in origins: {
  parent: geodes
  name: origin.name
  properties: {
    hostName: origin.hostName
    originHostHeader: origin.hostName
    httpPort: 80
    httpsPort: 443
    priority: origin.priority
    weight: origin.weight
    enabledState: origin.enabled ? 'Enabled' : 'Disabled'
    enforceCertificateNameCheck: true
  }
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

// A route is refused while its group has no origin.
resource liveRoute 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: endpoint
  name: 'live'
  dependsOn: [geodeOrigins]
  properties: {
    originGroup: { id: geodes.id }
    customDomains: domains
    linkToDefaultDomain: 'Enabled'
    patternsToMatch: ['/*']
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    enabledState: 'Enabled'
  }
}

resource publicRoute 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: endpoint
  name: 'public'
  // Also after the other route: the endpoint takes one change at a time.
  dependsOn: [geodeOrigins, liveRoute]
  properties: {
    originGroup: { id: geodes.id }
    customDomains: domains
    linkToDefaultDomain: 'Enabled'
    patternsToMatch: publicPaths
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    enabledState: 'Enabled'
    ruleSets: [{ id: publicRules.id }]
    cacheConfiguration: {
      queryStringCachingBehavior: 'UseQueryString'
      compressionSettings: {
        isCompressionEnabled: true
        contentTypesToCompress: [
          'application/javascript'
          'application/json'
          'image/svg+xml'
          'text/css'
          'text/html'
          'text/javascript'
          'text/plain'
        ]
      }
    }
  }
}

resource publicRules 'Microsoft.Cdn/profiles/ruleSets@2025-06-01' = {
  parent: profile
  name: 'public'
}

// A new revision's page shows within minutes, also where an answer does not say how long it may be kept.
resource publicLifetime 'Microsoft.Cdn/profiles/ruleSets/rules@2025-06-01' = {
  parent: publicRules
  name: 'lifetime'
  properties: {
    order: 1
    actions: [
      {
        name: 'RouteConfigurationOverride'
        parameters: {
          typeName: 'DeliveryRuleRouteConfigurationOverrideActionParameters'
          cacheConfiguration: {
            cacheBehavior: 'OverrideIfOriginMissing'
            cacheDuration: '00:05:00'
            isCompressionEnabled: 'Enabled'
            queryStringCachingBehavior: 'UseQueryString'
          }
        }
      }
    ]
  }
}

resource firewall 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2025-11-01' = {
  name: firewallName
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
          rateLimitThreshold: requestsPerMinute
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
}

resource security 'Microsoft.Cdn/profiles/securityPolicies@2025-06-01' = {
  parent: profile
  name: 'firewall'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: firewall.id }
      associations: [
        { domains: concat([{ id: endpoint.id }], domains), patternsToMatch: ['/*'] }
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
output frontDoorId string = profile.properties.frontDoorId
output url string = 'https://${empty(customDomain) ? endpoint.properties.hostName : customDomain}'
output customDomainToken string = empty(customDomain) ? '' : domain!.properties.validationProperties.validationToken
