// What an operator is told of one geode, by a rule that lives in its region: it goes on when any other region is away.
param region string
param workspaceId string
param actionGroupId string
param tags object

@description('Seconds that a change-feed processor may be behind.')
param maxProcessorLagSeconds int = 60

var logAlerts = [
  {
    name: 'put-aside'
    description: 'A change could not be processed and waits in the container of dead letters.'
    query: 'AppMetrics | where Name == "geode.processor.put_aside" | summarize Value = sum(Sum) by Processor = tostring(Properties["geode.processor"])'
    threshold: 0
  }
  {
    name: 'processor-lag'
    description: 'A change-feed processor falls behind.'
    query: 'AppMetrics | where Name == "geode.processor.lag" | summarize Value = max(Max) by Processor = tostring(Properties["geode.processor"])'
    threshold: maxProcessorLagSeconds
  }
]

resource onLogs 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in logAlerts: {
  name: alert.name
  location: region
  tags: tags
  kind: 'LogAlert'
  properties: {
    description: '${region}: ${alert.description}'
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
          dimensions: [{ name: 'Processor', operator: 'Include', values: ['*'] }]
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}]
