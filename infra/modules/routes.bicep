// What leads from the endpoint to the geodes: files that anyone may see by way of a cache, everything else without one.
param profileName string
param endpointName string
param originGroupName string

@description('Empty when the planet has no host name of its own.')
param customDomainId string

@description('Files anyone may see, and only those, are cached: Front Door keeps what says nothing of caching for days.')
param publicPaths array = ['/', '/index.html', '/planet.html', '/assets/*', '/openapi/*']

var customDomains = empty(customDomainId) ? [] : [{ id: customDomainId }]

resource profile 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: profileName
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-06-01' existing = {
  parent: profile
  name: endpointName
}

resource geodes 'Microsoft.Cdn/profiles/originGroups@2025-06-01' existing = {
  parent: profile
  name: originGroupName
}

resource liveRoute 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: endpoint
  name: 'live'
  properties: {
    originGroup: { id: geodes.id }
    customDomains: customDomains
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
  // The endpoint takes one change at a time.
  dependsOn: [liveRoute]
  properties: {
    originGroup: { id: geodes.id }
    customDomains: customDomains
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
