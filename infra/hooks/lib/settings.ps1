# What can be checked without Azure: azd, geode.json and the settings.

function Test-Azd {
    if (-not (Get-Command azd -CommandType Application -ErrorAction SilentlyContinue)) { return }
    $least = [regex]::Match([IO.File]::ReadAllText((Join-Path (Get-Location).Path 'azure.yaml')), '(?m)^ *azd: *">= *([0-9.]*)"').Groups[1].Value
    $has = [regex]::Match("$($null | & azd version 2>$null)", '^azd version ([0-9]+[.][0-9]+[.][0-9]+)').Groups[1].Value
    if ($least -and $has -and [version] $has -lt [version] $least) {
        Add-Fault "azd is version $has; allowed is $least or a newer one: install it from https://aka.ms/azd-install"
    }
}

# Leaves the planet's regions in $regions, and those that are to have zones in $zonal.
function Test-Planet {
    $script:azure = @((Read-Json 'infra/regions.json').PSObject.Properties.Name)
    $script:regions = New-Object Collections.Generic.List[string]
    $script:zonal = New-Object Collections.Generic.List[string]
    $listed = Get-PlanetRegions
    if ($null -eq $listed) {
        Add-Fault 'geode.json cannot be read; allowed is what engine/geode.schema.json describes: correct it in an editor'
        return
    }
    if ($listed.Count -lt 2) {
        Add-Fault "geode.json has too few regions ($($listed.Count)); allowed are two or more: add one to its regions"
    }
    foreach ($region in $listed) {
        $name = $region.Name
        if ($region.What -eq 'edge') {
            Add-Fault "geode.json has '$name' at the edge, where Cosmos DB has no replica; allowed are regions of the kind cloud: take it out"
        }
        elseif ($region.What -eq 'odd') {
            Add-Fault "geode.json has a footprint for '$name' that is none; allowed are regional and zonal"
        }
        elseif ($region.What -eq 'few') {
            Add-Fault "geode.json has a geode in each zone of '$name', but fewer than 3 replicas; allowed are minReplicas and maxReplicas of 3 or more: raise them, or take them out"
        }
        elseif ($region.What -eq 'zone') {
            Add-Fault "geode.json has '$name' in one zone, but an environment of Container Apps and a region of Cosmos DB cannot be told to share one; allowed are the footprints regional and zonal"
        }
        elseif ($azure -cnotcontains $name) {
            Add-Fault "geode.json has the region '$name', which is none of Azure's; allowed are those in infra/regions.json: correct its name"
        }
        elseif ($regions -ccontains $name) {
            Add-Fault "geode.json has the region '$name' more than once; allowed is once: take it out elsewhere"
        }
        else {
            $regions.Add($name)
            if ($region.What -eq 'zonal') { $zonal.Add($name) }
        }
    }
    Test-Stamps
}

function Test-Stamps {
    $stamps = Get-PlanetStamps
    if ($stamps.Count -eq 0) { return }
    $seen = New-Object Collections.Generic.List[string]
    $placed = New-Object Collections.Generic.List[string]
    foreach ($stamp in $stamps) {
        $name = $stamp.Name
        if (-not (Test-Like $name '[a-z]([a-z0-9-]{0,21}[a-z0-9])?')) {
            Add-Fault "geode.json has the stamp '$name'; allowed are 1 to 23 lower-case letters, digits and hyphens, a letter first and no hyphen last: the name is part of its account's"
        }
        elseif ($seen -ccontains $name) {
            Add-Fault "geode.json has the stamp '$name' more than once; allowed is once: give it another name"
        }
        $seen.Add($name)
        foreach ($region in $stamp.Regions) {
            if ($regions -cnotcontains $region) {
                Add-Fault "geode.json has the region '$region' in the stamp '$name', but not in the planet; allowed are those in its regions: correct its name"
            }
            elseif ($placed -ccontains $region) {
                Add-Fault "geode.json has the region '$region' in more than one stamp; allowed is one: take it out elsewhere"
            }
            $placed.Add($region)
        }
    }
    foreach ($region in $regions) {
        if ($placed -cnotcontains $region) { Add-Fault "geode.json has the region '$region' in no stamp; allowed is one, where there are stamps: add it to one" }
    }
    $planet = Read-Json 'geode.json'
    if ($planet.tenants.by -ceq 'host') {
        Add-Fault 'geode.json has tenants that are told by host, for which Front Door needs a certificate for any name below yours; allowed are header and path'
    }
    if ($planet.steward.mode -ceq 'act') {
        Add-Fault 'geode.json has a steward that acts, and stamps, each of which has its own; allowed are observe and advise'
    }
    if ((Get-Setting 'PLANET_STEWARD_ACTS') -ceq 'on') {
        Add-Fault "PLANET_STEWARD_ACTS is 'on', but geode.json has stamps, each of which has its own steward; allowed is off: azd env set PLANET_STEWARD_ACTS off"
    }
    # Each has an endpoint, besides that of all: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits
    $most = if ((Get-Setting 'PLANET_FRONT_DOOR_SKU') -ceq 'Premium_AzureFrontDoor') { 24 } else { 9 }
    if ($stamps.Count -gt $most) {
        Add-Fault "geode.json has $($stamps.Count) stamps; allowed are 9, or 24 with PLANET_FRONT_DOOR_SKU Premium_AzureFrontDoor: make them fewer"
    }
}

function Test-Settings {
    $name = [string] (Get-Setting 'AZURE_ENV_NAME')
    if (-not (Test-Like $name '[A-Za-z0-9_.()-]{1,40}')) {
        Add-Fault "AZURE_ENV_NAME is '$name'; allowed are 1 to 40 letters, digits, -_.(): azd env new NAME"
    }
    # azd asks for the location when there is none yet.
    $location = Get-Setting 'AZURE_LOCATION'
    if ($location -and $azure -cnotcontains $location) {
        Add-Fault "AZURE_LOCATION is '$location'; allowed are the names in infra/regions.json: azd env set AZURE_LOCATION westeurope"
    }
    Test-OneOf PLANET_FRONT_DOOR_SKU Standard_AzureFrontDoor, Premium_AzureFrontDoor
    Test-OneOf PLANET_PRIVATE_DATABASE off, prepare, on
    Test-OneOf PLANET_DELETION_LOCK off, on
    Test-OneOf PLANET_BACKUP_TIER Continuous7Days, Continuous30Days
    Test-OneOf PLANET_STEWARD_ACTS off, on
    Test-Setting PLANET_REQUESTS_PER_MINUTE '[1-9][0-9]{1,8}' 'are whole numbers from 10 to 999999999' 1000
    Test-Setting PLANET_MONTHLY_BUDGET '0|[1-9][0-9]{0,8}' 'are whole numbers from 0, for none, to 999999999' 500
    Test-Setting PLANET_BUDGET_START '2[0-9]{3}-(0[1-9]|1[0-2])-01' 'is the first day of a month' 2026-01-01
    Test-Setting PLANET_DATABASE_MAX_THROUGHPUT '[1-9][0-9]{0,5}000' 'are multiples of 1000 from 1000 to 999999000' 1000
    $label = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
    Test-Setting PLANET_CUSTOM_DOMAIN "($label[.])+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])" 'is a host name and nothing else' www.contoso.com
    $byte = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
    Test-Setting PLANET_TESTER_ADDRESS "$byte([.]$byte){3}(/(3[0-2]|[12]?[0-9]))?" 'is an IPv4 address or range' 203.0.113.7/32
    Test-Setting PLANET_ALERT_EMAIL '[^@ ,;]+@[^@ ,;]+[.][^@ ,;.]+' 'is one address' ops@contoso.com
    Test-Drained
}

function Test-Drained {
    if ($regions.Count -eq 0) { return }
    $drained = @("$(Get-Setting 'PLANET_DRAINED_REGIONS')".Split(',') | ForEach-Object { $_.Trim(' ') } | Where-Object { $_ })
    $allowed = "allowed are some of $($regions -join ', '), and not all: azd env set PLANET_DRAINED_REGIONS `"`""
    foreach ($region in $drained) {
        if ($regions -cnotcontains $region) { Add-Fault "PLANET_DRAINED_REGIONS has '$region', which is no region of the planet; $allowed" }
    }
    if (@($regions | Where-Object { $drained -cnotcontains $_ }).Count -eq 0) { Add-Fault "PLANET_DRAINED_REGIONS has all regions; $allowed" }
}

function Test-Like([string] $Text, [string] $Pattern) { $Text -cmatch "\A(?:$Pattern)\z" }

# A setting that is not given needs nothing.
function Test-Setting([string] $Name, [string] $Pattern, [string] $Allowed, [string] $Example) {
    $value = Get-Setting $Name
    if ($value -and -not (Test-Like $value $Pattern)) { Add-Fault "$Name is '$value'; allowed $($Allowed): azd env set $Name $Example" }
}

# A setting that is one of some words, the default first; set and empty, it would be passed on as that.
function Test-OneOf([string] $Name, [string[]] $Words) {
    $value = Get-Setting $Name
    if ($null -ne $value -and $Words -cnotcontains $value) {
        Add-Fault "$Name is '$value'; allowed are $($Words -join ', '): azd env set $Name $($Words[0])"
    }
}
