# What only the subscription can say. Each call of az takes a second, so there are few.

function Test-Subscription {
    $az = Test-Az
    if (-not $az.Ok) {
        Add-Warning "what the subscription allows is not checked. $($az.Said)"
        return
    }
    $script:subscription = Get-Setting 'AZURE_SUBSCRIPTION_ID'
    $missing = @(Test-Providers)
    if ($missing -notcontains 'Microsoft.App') {
        Test-Apps
        Test-AppsQuota
    }
    if ($missing -notcontains 'Microsoft.DocumentDB') { Test-Database }
    Test-Zones
}

# Azure registers what a template uses, if whoever deploys may do so. So this is no fault.
function Test-Providers {
    $az = Invoke-Az @('provider', 'list', '--query', '[].[namespace,registrationState]', '--subscription', $subscription)
    if (-not $az.Ok) {
        Add-Warning "whether resource providers are registered is not checked. $($az.Said)"
        return
    }
    $registered = @($az.Lines | Where-Object { $_ -match "`tRegister" } | ForEach-Object { $_.Split("`t")[0] })
    $used = @(Select-String -Path 'infra/*.bicep', 'infra/modules/*.bicep' -Pattern "^resource \w+ '(Microsoft\.\w+)" | ForEach-Object { $_.Matches[0].Groups[1].Value } | Sort-Object -Unique)
    foreach ($provider in $used) {
        if ($registered -contains $provider) { continue }
        Add-Warning "$provider is not registered. Azure does that now, if you may: az provider register --namespace $provider --subscription $subscription"
        $provider
    }
}

function Test-Apps {
    $az = Invoke-Az @('provider', 'show', '--namespace', 'Microsoft.App', '--query', "resourceTypes[?resourceType=='managedEnvironments'].locations[]", '--subscription', $subscription)
    if (-not $az.Ok) {
        Add-Warning "where Container Apps is offered is not checked. $($az.Said)"
        return
    }
    $offered = @($az.Lines | ForEach-Object { ConvertTo-Name $_ })
    foreach ($region in $regions) {
        if ($offered -notcontains $region) {
            Add-Fault "Container Apps is not offered in '$region'; allowed are the regions of: az provider show --namespace Microsoft.App --query `"resourceTypes[?resourceType=='managedEnvironments'].locations[]`""
        }
    }
}

# A region that has its environment already needs no other.
function Test-AppsQuota {
    $made = Invoke-Az @('resource', 'list', '--resource-type', 'Microsoft.App/managedEnvironments', '--query', '[].[resourceGroup,name]', '--subscription', $subscription)
    if (-not $made.Ok) {
        Add-Warning "the quota of Container Apps is not checked. $($made.Said)"
        return
    }
    foreach ($region in $regions) {
        if ($made.Lines -contains "$(Get-Name 'geodeGroup' (Get-Setting 'AZURE_ENV_NAME'), $region)`t$(Get-Name 'environment' $region)") { continue }
        $az = Invoke-Az @('containerapp', 'list-usages', '--location', $region, '--query', "value[?name.value=='ManagedEnvironmentCount'].[currentValue,usage,limit]", '--subscription', $subscription)
        if (-not $az.Ok) {
            Add-Warning "the quota of Container Apps in '$region' is not checked. $($az.Said)"
            continue
        }
        # Older versions say usage, newer ones currentValue; the one that is not there is None.
        foreach ($line in $az.Lines) {
            $value, $usage, $limit = $line.Split("`t")
            $used = if ($value -eq 'None') { $usage } else { $value }
            if ($limit -match '^[0-9]+$' -and [long] ($used -replace '\D.*', '') -ge [long] $limit) {
                Add-Fault "Container Apps has no environment left in '$region' ($used of $limit are in use); needed is one: ask for more as https://learn.microsoft.com/azure/container-apps/quotas says"
            }
        }
    }
}

function Test-Database {
    $az = Invoke-Az @('cosmosdb', 'locations', 'list', '--query', '[].[name,properties.isSubscriptionRegionAccessAllowedForRegular,properties.isSubscriptionRegionAccessAllowedForAz]', '--subscription', $subscription)
    if (-not $az.Ok) {
        Add-Warning "where Cosmos DB is offered is not checked. $($az.Said)"
        return
    }
    $access = @{}
    foreach ($line in $az.Lines) {
        $name, $regular, $withZones = $line.Split("`t")
        $access[(ConvertTo-Name $name)] = @($regular, $withZones)
    }
    $refused = @(foreach ($region in $regions) {
            $why = if (-not $access.ContainsKey($region)) { "Cosmos DB is not offered in '$region'; allowed are the regions of: az cosmosdb locations list --query [].name" }
            elseif ($access[$region][0] -eq 'false') { "Cosmos DB is closed to this subscription in '$region'; allowed are other regions, or ask for this one at https://aka.ms/cosmosdbquota" }
            elseif ($zonal -contains $region -and $access[$region][1] -eq 'false') { "Cosmos DB has no zones for this subscription in '$region'; allowed is to take out zoneRedundant (or the footprint zonal) there, or ask for them at https://aka.ms/cosmosdbquota" }
            if ($why) { [PSCustomObject]@{ Region = $region; Why = $why } }
        })
    if ($refused.Count -eq 0) { return }

    # Where the account is already, it may stay.
    $group = Get-Name 'globalGroup' (Get-Setting 'AZURE_ENV_NAME')
    $there = @((Invoke-Az @('cosmosdb', 'list', '--query', "[?resourceGroup=='$group'].locations[].locationName", '--subscription', $subscription)).Lines | ForEach-Object { ConvertTo-Name $_ })
    $refused | Where-Object { $there -notcontains $_.Region } | ForEach-Object { Add-Fault $_.Why }
}

function Test-Zones {
    if ($zonal.Count -eq 0) { return }
    $az = Invoke-Az @('rest', '--method', 'get', '--url', "/subscriptions/$subscription/locations?api-version=2022-12-01", '--query', 'value[?availabilityZoneMappings].name')
    if (-not $az.Ok) {
        Add-Warning "which regions have zones is not checked. $($az.Said)"
        return
    }
    foreach ($region in $zonal) {
        if ($az.Lines -notcontains $region) {
            Add-Fault "geode.json asks for zones in '$region', which has none; allowed is to take out zoneRedundant (or the footprint zonal) there, or a region of: az account list-locations --query [?availabilityZoneMappings].name"
        }
    }
}
