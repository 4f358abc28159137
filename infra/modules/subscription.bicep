// What belongs to no group: what the planet may cost in a month, everywhere it is (all of it carries the environment's tag), and the role by which
// geodes may do in Azure what the steward plans.
targetScope = 'subscription'

param environmentName string
param token string

@description('Name of the budget, its amount (0 for none) and the first day of its first month: 2026-01-01.')
param budgetName string
param budget int
param month string

param actionGroupId string

@description('Name of the role; empty where the steward does not act.')
param stewardRole string

resource monthly 'Microsoft.Consumption/budgets@2023-11-01' = if (budget > 0) {
  name: budgetName
  properties: {
    category: 'Cost'
    amount: budget
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

// None of Azure's own roles allows so little. What a geode may do with it, it may do to the resource that it is given the role on.
resource steward 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(stewardRole)) {
  name: empty(stewardRole) ? 'none' : stewardRole
  properties: {
    roleName: 'Geode steward of ${environmentName} (${token})'
    description: 'Fewest replicas of a geode\'s app, weight and state of its origin.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.App/containerApps/read'
          'Microsoft.App/containerApps/write'
          'Microsoft.Cdn/profiles/origingroups/origins/read'
          'Microsoft.Cdn/profiles/origingroups/origins/write'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [subscription().id]
  }
}
