# After azd deploy: waits until the planet answers through Front Door and hears from all its geodes, and shows them.
Set-Location (Join-Path $PSScriptRoot '../..')
. "$PSScriptRoot/lib/planet.ps1"
$ProgressPreference = 'SilentlyContinue'

$planet = [string] (Get-Setting 'AZURE_PLANET_URL')
$wait = [string] (Get-Setting 'GEODE_HOOK_WAIT_SECONDS')
if (-not $wait) { $wait = '600' }
$pause = [string] (Get-Setting 'GEODE_HOOK_PAUSE_SECONDS')
if (-not $pause) { $pause = '5' }
$again = 'Ask once more: azd hooks run postdeploy'
$regions = @("$(Get-Setting 'AZURE_GEODE_REGIONS')".Split(',') | Where-Object { $_ })
# A geode hears of those of its stamp. The cookie is what Front Door chooses a stamp by.
$stamps = @(Get-PlanetStamps | ForEach-Object { $_ } | ForEach-Object { $_.Name })
$group = { param($region) Get-Name 'geodeGroup' (Get-Setting 'AZURE_ENV_NAME'), $region }

function Stop-Hook([string] $Line) {
    Write-Fault $Line
    exit 1
}

# What the planet says about a path, or a stamp of it.
function Get-Answer([string] $Path, [string] $Stamp) {
    $headers = if ($Stamp) { @{ Cookie = "geode-stamp=$Stamp" } } else { @{} }
    try {
        $answer = Invoke-WebRequest -Uri "$planet$Path" -Headers $headers -UseBasicParsing -TimeoutSec 20
        return [PSCustomObject]@{ Status = [int] $answer.StatusCode; Body = $answer.Content }
    }
    catch {
        $status = if ($_.Exception.Response) { [int] $_.Exception.Response.StatusCode } else { 0 }
        return [PSCustomObject]@{ Status = $status; Body = '' }
    }
}

# Whether a region is heard of. A second without a sign of life is usual, 15 are not. A region writes both of its Api and its
# Worker; only those of the Api tell of traffic.
function Get-State($Region) {
    if ($null -eq $Region -or $null -eq $Region.silentForMs -or $Region.silentForMs -gt 15000) { return 'silent' }
    if ($Region.traffic) { return 'alive' }
    return 'worker only'
}

# Tries once. Leaves in $missing what is still waited for.
function Search-Planet {
    $script:missing = $regions
    $script:ready = (Get-Answer '/health/ready').Status
    if ($ready -ne 200) { return }
    $script:geodes = @{}
    foreach ($stamp in $(if ($stamps.Count) { $stamps } else { '' })) {
        $answer = Get-Answer '/api/planet' $stamp
        $script:ready = $answer.Status
        if ($ready -ne 200) { return }
        try {
            $view = $answer.Body | ConvertFrom-Json
        }
        catch {
            $view = $null
        }
        foreach ($region in @($view.regions)) { if ($region.name) { $geodes[$region.name] = $region } }
        $script:servers += $view.answeredBy
    }
    $script:missing = @($regions | Where-Object { (Get-State $geodes[$_]) -ne 'alive' })
}

# The newest revision of an app, and whether it is ready.
function Get-Revision([string] $App, [string] $Region) {
    foreach ($line in $apps) {
        $in, $name, $newest, $newestReady = $line.Split("`t")
        if ($in -eq (& $group $Region) -and $name -ceq $App) { return $(if ($newest -eq $newestReady) { $newest } else { "$newest (not ready)" }) }
    }
    return '-'
}

function Write-Row { Write-Output ('  {0,-20} {1,-12} {2,-8} {3,-8} {4,-32} {5}' -f $args).TrimEnd() }

function Show-Planet {
    $az = Test-Az
    if ($az.Ok) { $az = Invoke-Az @('containerapp', 'list', '--query', '[].[resourceGroup,name,properties.latestRevisionName,properties.latestReadyRevisionName]', '--subscription', (Get-Setting 'AZURE_SUBSCRIPTION_ID')) }
    if (-not $az.Ok) { Write-Fault "Warning: revisions are not shown. $($az.Said)" }
    $apps = @($az.Lines | Where-Object { $_ })
    Write-Row region state lag served api worker
    foreach ($region in $regions) {
        $lag = if ($null -ne $geodes[$region].replicationLagMs) { "$([long] [Math]::Truncate($geodes[$region].replicationLagMs)) ms" } else { '-' }
        $served = if ($servers -contains $region) { 'yes' } else { '-' }
        Write-Row $region (Get-State $geodes[$region]) $lag $served (Get-Revision 'api' $region) (Get-Revision 'worker' $region)
    }
}

if (-not $planet) { Stop-Hook 'AZURE_PLANET_URL is not set; needed is what provisioning says: azd provision' }
if ("$wait$pause" -notmatch '\A[0-9]+\z') { Stop-Hook "GEODE_HOOK_WAIT_SECONDS is '$wait' and GEODE_HOOK_PAUSE_SECONDS '$pause'; allowed are whole numbers: unset them" }
Write-Output "The planet: $planet"

Write-Output "Waiting up to $wait seconds until it answers through Front Door, which takes minutes the first time."
$servers = @()
$geodes = @{}
$clock = [Diagnostics.Stopwatch]::StartNew()
Search-Planet
while ($missing.Count -gt 0 -and $clock.Elapsed.TotalSeconds -lt [long] $wait) {
    Start-Sleep -Seconds ([int] $pause)
    Search-Planet
}

if ($ready -ne 200) {
    $last = if ($ready -eq 0) { 'no connection' } else { $ready }
    Stop-Hook "The planet does not answer through Front Door after $wait seconds ($last); allowed is 200. $again"
}
Show-Planet
if ($missing.Count -gt 0) {
    Stop-Hook "Not heard of after $wait seconds: $($missing -join ', '). See: az containerapp logs show -n api -g $(& $group $missing[0]). $again"
}
Write-Output 'All geodes are alive.'
exit 0
