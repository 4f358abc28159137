// What an operator is told of: a region that Front Door cannot use, replication or processing that falls behind, throttling,
// conflicts, changes that could not be processed.
param location string
param workspaceId string
param actionGroupId string
param frontDoorId string
param cosmosId string
param tags object

@description('Milliseconds that a write may take to reach another region.')
param maxReplicationLagMs int = 5000

@description('Seconds that a change-feed processor may be behind.')
param maxProcessorLagSeconds int = 60

@description('Writes refused in five minutes, by region, because another one was there first (409 and 412).')
param maxConflicts int = 100

@description('Requests refused with 429 in five minutes, by region.')
param maxThrottled int = 100

var metricAlerts = [
  {
    name: 'region-unhealthy'
    description: 'Front Door finds a geode unhealthy and sends its traffic elsewhere.'
    severity: 1
    scope: frontDoorId
    metric: 'OriginHealthPercentage'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 75
    dimensions: [{ name: 'Origin', operator: 'Include', values: ['*'] }]
  }
  {
    name: 'replication-lag'
    description: 'Writes take long to reach another region.'
    severity: 2
    scope: cosmosId
    metric: 'ReplicationLatency'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: maxReplicationLagMs
    dimensions: [
      { name: 'SourceRegion', operator: 'Include', values: ['*'] }
      { name: 'TargetRegion', operator: 'Include', values: ['*'] }
    ]
  }
  {
    name: 'throttled'
    description: 'The backplane refuses requests: its throughput ceiling is too low for a region.'
    severity: 2
    scope: cosmosId
    metric: 'TotalRequests'
    aggregation: 'Count'
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
    scope: cosmosId
    metric: 'TotalRequests'
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: maxConflicts
    dimensions: [
      { name: 'StatusCode', operator: 'Include', values: ['409', '412'] }
      { name: 'Region', operator: 'Include', values: ['*'] }
    ]
  }
]

var logAlerts = [
  {
    name: 'put-aside'
    description: 'A change could not be processed and waits in the container of dead letters.'
    query: 'AppMetrics | where Name == "geode.processor.put_aside" | summarize Value = sum(Sum) by Region = tostring(Properties["cloud.region"])'
    threshold: 0
  }
  {
    name: 'processor-lag'
    description: 'A change-feed processor falls behind.'
    query: 'AppMetrics | where Name == "geode.processor.lag" | summarize Value = max(Max) by Region = tostring(Properties["cloud.region"])'
    threshold: maxProcessorLagSeconds
  }
]

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
    windowSize: 'PT5M'
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

resource onLogs 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in logAlerts: {
  name: alert.name
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    description: alert.description
    severity: 2
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    // The tables appear with the first telemetry, after this.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          metricMeasureColumn: 'Value'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: alert.threshold
          dimensions: [{ name: 'Region', operator: 'Include', values: ['*'] }]
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}]
