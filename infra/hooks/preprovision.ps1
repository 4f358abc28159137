# Before azd provision: what else would fail late, all of it at once. Changes nothing.
Set-Location (Join-Path $PSScriptRoot '../..')
. "$PSScriptRoot/lib/planet.ps1"
. "$PSScriptRoot/lib/settings.ps1"
. "$PSScriptRoot/lib/subscription.ps1"

$faults = New-Object Collections.Generic.List[string]
function Add-Fault([string] $Line) { $faults.Add($Line) }
function Add-Warning([string] $Line) { Write-Fault "Warning: $Line" }

Test-Azd
Test-Planet
Test-Settings
Test-Subscription

if ($faults.Count -gt 0) {
    Write-Fault 'The planet cannot be provisioned:'
    $faults | ForEach-Object { Write-Fault "  $_" }
    exit 1
}
Write-Output "Nothing is in the way of a planet of $($regions.Count) regions."
exit 0
