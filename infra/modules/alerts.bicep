// What an operator is told of what the geodes share: a geode that Front Door cannot use, failing requests, replication that falls
// behind, throttling, a partition that takes too much of the load, conflicts. A geode's own alerts are in stamp.bicep.
param actionGroupId string
param frontDoorId string

@description('Each account: its id, and how its alerts are called ({0} is what is usual).')
param accounts array

param tags object

@description('Milliseconds that a write may take to reach another region.')
param maxReplicationLagMs int = 5000

@description('Writes refused in five minutes, by region, because another one was there first (409 and 412).')
param maxConflicts int = 100

@description('Requests refused with 429 in five minutes, by region.')
param maxThrottled int = 100

@description('Percent of its throughput that one physical partition may use in a region. Beyond it a key is hot: the others have room and this one refuses.')
param maxPartitionUse int = 90

@description('Percent of requests that may be answered with 5xx, whichever geode was asked.')
param maxFailed int = 5

var routerAlerts = [
  {
    name: 'region-unhealthy'
    description: 'Front Door finds a geode unhealthy and sends its traffic elsewhere.'
    severity: 1
    scope: frontDoorId
    metric: 'OriginHealthPercentage'
    aggregation: 'Average'
    window: 'PT5M'
    operator: 'LessThan'
    threshold: 75
    dimensions: [{ name: 'Origin', operator: 'Include', values: ['*'] }]
  }
  {
    name: 'requests-fail'
    description: 'Visitors get errors: Front Door found no geode that could serve them, or the service fails.'
    severity: 1
    scope: frontDoorId
    metric: 'Percentage5XX'
    aggregation: 'Average'
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: maxFailed
    dimensions: []
  }
]

var accountAlerts = [
  {
    name: 'replication-lag'
    description: 'Writes take long to reach another region.'
    severity: 2
    metric: 'ReplicationLatency'
    aggregation: 'Maximum'
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: maxReplicationLagMs
    dimensions: [
      { name: 'SourceRegion', operator: 'Include', values: ['*'] }
      { name: 'TargetRegion', operator: 'Include', values: ['*'] }
    ]
  }
  {
    name: 'hot-partition'
    description: 'One partition takes too much of a region\'s load for a quarter of an hour: a key is hot, or the ceiling too low.'
    severity: 2
    metric: 'NormalizedRUConsumption'
    aggregation: 'Average'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: maxPartitionUse
    dimensions: [
      { name: 'Region', operator: 'Include', values: ['*'] }
      { name: 'PartitionKeyRangeId', operator: 'Include', values: ['*'] }
    ]
  }
  {
    name: 'throttled'
    description: 'The backplane refuses requests: its throughput ceiling is too low for a region.'
    severity: 2
    metric: 'TotalRequests'
    aggregation: 'Count'
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: maxThrottled
    dimensions: [
      { name: 'StatusCode', operator: 'Include', values: ['429'] }
      { name: 'Region', operator: 'Include', values: ['*'] }
    ]
  }
  {
    name: 'conflicts'
    description: 'The same items are written at the same time more often than expected.'
    severity: 3
    metric: 'TotalRequests'
    aggregation: 'Count'
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: maxConflicts
    dimensions: [
      { name: 'StatusCode', operator: 'Include', values: ['409', '412'] }
      { name: 'Region', operator: 'Include', values: ['*'] }
    ]
  }
]

var metricAlerts = concat(routerAlerts, flatten(map(accounts, account => map(accountAlerts, alert => union(alert, {
  name: format(account.alerts, alert.name)
  scope: account.id
})))))

resource onMetrics 'Microsoft.Insights/metricAlerts@2018-03-01' = [for alert in metricAlerts: {
  name: alert.name
  location: 'global'
  tags: tags
  properties: {
    description: alert.description
    severity: alert.severity
    enabled: true
    scopes: [alert.scope]
    evaluationFrequency: 'PT1M'
    windowSize: alert.window
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: alert.name
          criterionType: 'StaticThresholdCriterion'
          metricName: alert.metric
          timeAggregation: alert.aggregation
          operator: alert.operator
          threshold: alert.threshold
          dimensions: alert.dimensions
          // Some metrics appear with the first traffic.
          skipMetricValidation: true
        }
      ]
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}]
