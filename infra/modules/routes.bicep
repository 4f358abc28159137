// What leads from the endpoint to the geodes: files that anyone may see by way of a cache, everything else without one; where there are stamps, to those
// of the stamp that answered last, which a cookie says, and from each stamp's own endpoint to its geodes.
param profileName string
param endpointName string
param originGroupName string

@description('Each stamp\'s name, endpoint and origin group.')
param stamps array

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
  properties: union(
    {
      originGroup: { id: geodes.id }
      customDomains: customDomains
      linkToDefaultDomain: 'Enabled'
      patternsToMatch: ['/*']
      supportedProtocols: ['Http', 'Https']
      httpsRedirect: 'Enabled'
      forwardingProtocol: 'HttpsOnly'
      enabledState: 'Enabled'
    },
    empty(stamps) ? {} : { ruleSets: [{ id: stampRules.id }] }
  )
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

resource stampRules 'Microsoft.Cdn/profiles/ruleSets@2025-06-01' = if (!empty(stamps)) {
  parent: profile
  name: 'stamps'
}

resource stampGroups 'Microsoft.Cdn/profiles/originGroups@2025-06-01' existing = [for stamp in stamps: {
  parent: profile
  name: stamp.originGroup
}]

// Only a hint: a geode of the wrong stamp passes the request on and says so in its answer. Names of rules have no hyphen, names of stamps no capital.
@batchSize(1)
resource byCookie 'Microsoft.Cdn/profiles/ruleSets/rules@2025-06-01' = [for (stamp, i) in stamps: {
  parent: stampRules
  name: replace(stamp.name, '-', 'X')
  properties: {
    order: i + 1
    conditions: [
      {
        name: 'Cookies'
        parameters: {
          typeName: 'DeliveryRuleCookiesConditionParameters'
          selector: 'geode-stamp'
          operator: 'Equal'
          matchValues: [stamp.name]
          negateCondition: false
          transforms: []
        }
      }
    ]
    actions: [
      {
        name: 'RouteConfigurationOverride'
        parameters: {
          typeName: 'DeliveryRuleRouteConfigurationOverrideActionParameters'
          originGroupOverride: {
            originGroup: { id: stampGroups[i].id }
            forwardingProtocol: 'HttpsOnly'
          }
        }
      }
    ]
    matchProcessingBehavior: 'Stop'
  }
}]

resource stampEndpoints 'Microsoft.Cdn/profiles/afdEndpoints@2025-06-01' existing = [for stamp in stamps: {
  parent: profile
  name: stamp.endpoint
}]

@batchSize(1)
resource stampRoutes 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = [for (stamp, i) in stamps: {
  parent: stampEndpoints[i]
  name: 'stamp'
  dependsOn: [publicRoute]
  properties: {
    originGroup: { id: stampGroups[i].id }
    linkToDefaultDomain: 'Enabled'
    patternsToMatch: ['/*']
    supportedProtocols: ['Https']
    httpsRedirect: 'Disabled'
    forwardingProtocol: 'HttpsOnly'
    enabledState: 'Enabled'
  }
}]
