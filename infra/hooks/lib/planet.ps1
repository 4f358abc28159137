# What the hooks know of the planet's files, and how they ask az. To be read at the root.
# Windows PowerShell 5.1 has to do where PowerShell is not installed.

function Read-Json([string] $Path) {
    [IO.File]::ReadAllText((Join-Path (Get-Location).Path $Path)) | ConvertFrom-Json
}

# Each region of geode.json: its name, and what it is to be (edge; zone: in one; zonal: in all of its zones; few: so, with too few
# replicas; odd: nobody knows what; plain). Nothing ($null) when the file cannot be read.
function Get-PlanetRegions {
    try {
        $planet = Read-Json 'geode.json'
    }
    catch {
        return $null
    }
    $regions = @(@($planet.regions) | Where-Object { $null -ne $_ } | ForEach-Object {
            if ($_ -is [string] -or $_ -is [ValueType]) { [PSCustomObject]@{ Name = "$_"; What = 'plain' } }
            else { [PSCustomObject]@{ Name = "$($_.name)"; What = Get-What $_ } }
        })
    return , $regions
}

function Get-What($Region) {
    if ($Region.kind -ceq 'edge') { 'edge' }
    elseif ($null -ne $Region.footprint -and @('regional', 'zonal', 'zone') -cnotcontains $Region.footprint) { 'odd' }
    elseif ($Region.footprint -ceq 'zone') { 'zone' }
    elseif ($Region.footprint -ceq 'zonal' -and @($Region.minReplicas, $Region.maxReplicas | Where-Object { $null -ne $_ -and $_ -lt 3 }).Count) { 'few' }
    elseif ($Region.footprint -ceq 'zonal' -or $Region.zoneRedundant -eq $true) { 'zonal' }
    else { 'plain' }
}

# Each stamp of geode.json: its name and its regions.
function Get-PlanetStamps {
    $stamps = @((Read-Json 'geode.json').stamps | Where-Object { $null -ne $_ } | ForEach-Object {
            [PSCustomObject]@{ Name = "$($_.name)"; Regions = @($_.regions | Where-Object { $null -ne $_ } | ForEach-Object { "$_" }) }
        })
    return , $stamps
}

# What infra/names.json calls it.
function Get-Name([string] $Key, [string[]] $Values) {
    $name = (Read-Json 'infra/names.json').$Key
    for ($i = 0; $i -lt $Values.Count; $i++) { $name = $name.Replace("{$i}", $Values[$i]) }
    return $name
}

# A variable of the environment; nothing ($null) when it is not set.
function Get-Setting([string] $Name) { [Environment]::GetEnvironmentVariable($Name) }

# Names of regions as people write them ("West Europe"), as Azure does.
function ConvertTo-Name([string] $Text) { $Text.ToLowerInvariant().Replace(' ', '') }

function Write-Fault([string] $Line) { [Console]::Error.WriteLine($Line) }

# Az's answer, a line each, and whether it gave one; when not, what az says about it.
function Invoke-Az([string[]] $Arguments) {
    $lines = @($null | & az @Arguments --only-show-errors -o tsv 2>&1 | ForEach-Object { "$_".TrimEnd() })
    if ($LASTEXITCODE -eq 0) { return [PSCustomObject]@{ Ok = $true; Lines = @($lines | Where-Object { $_ }) } }
    $said = @($lines | ForEach-Object { $_ -replace '^ERROR: *', '' } | Where-Object { $_ })
    return [PSCustomObject]@{ Ok = $false; Lines = @(); Said = "$($said | Select-Object -First 1)" }
}

# Can az be asked about the subscription? If not, Said says why.
function Test-Az {
    $why = ''
    if (-not (Get-Setting 'AZURE_SUBSCRIPTION_ID')) { $why = 'AZURE_SUBSCRIPTION_ID is not set yet.' }
    elseif (-not (Get-Command az -CommandType Application -ErrorAction SilentlyContinue)) { $why = 'az is not installed.' }
    if ($why) { return [PSCustomObject]@{ Ok = $false; Said = $why } }
    return Invoke-Az @('account', 'show', '--query', 'id', '--subscription', (Get-Setting 'AZURE_SUBSCRIPTION_ID'))
}
