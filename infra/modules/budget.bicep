// What the planet may cost in a month, everywhere it is: all of it carries the environment's tag.
targetScope = 'subscription'

param name string
param environmentName string
param amount int

@description('First day of this month: 2026-01-01.')
param month string

param actionGroupId string

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: month }
    filter: {
      tags: { name: 'azd-env-name', operator: 'In', values: [environmentName] }
    }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: []
        contactGroups: [actionGroupId]
      }
      foreseen: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: []
        contactGroups: [actionGroupId]
      }
    }
  }
}
