# shellcheck shell=sh
# What can be checked without Azure: azd, geode.json and the settings.

tab=$(printf '\t')

check_azd() {
  least=$(sed -n 's/^ *azd: *">= *\([0-9.]*\)".*/\1/p' azure.yaml)
  has=$(azd version 2>/dev/null </dev/null | sed -n 's/^azd version \([0-9][0-9.]*\).*/\1/p')
  [ -n "$least" ] && [ -n "$has" ] || return 0
  older=$(printf '%s\n%s\n' "$has" "$least" | sort -t . -k 1,1n -k 2,2n -k 3,3n | sed -n 1p)
  if [ "$has" != "$least" ] && [ "$older" = "$has" ]; then
    fault "azd is version $has; allowed is $least or a newer one: install it from https://aka.ms/azd-install"
  fi
}

# Leaves the planet's regions in $regions, a line each, and those that are to have zones in $zonal.
check_planet() {
  azure=$(json infra/regions.json | cut -f 1 | sed 's/^\.//')
  regions='' zonal=''
  if ! listed=$(planet_regions); then
    fault 'geode.json cannot be read; allowed is what engine/geode.schema.json describes: correct it in an editor'
    return
  fi
  count=$(printf '%s' "$listed" | grep -c "$tab")
  [ "$count" -ge 2 ] || fault "geode.json has too few regions ($count); allowed are two or more: add one to its regions"
  while IFS=$tab read -r what region; do
    [ -n "$what" ] || continue
    if [ "$what" = edge ]; then
      fault "geode.json has '$region' at the edge, where Cosmos DB has no replica; allowed are regions of the kind cloud: take it out"
    elif [ "$what" = odd ]; then
      fault "geode.json has a footprint for '$region' that is none; allowed are regional and zonal"
    elif [ "$what" = few ]; then
      fault "geode.json has a geode in each zone of '$region', but fewer than 3 replicas; allowed are minReplicas and maxReplicas of 3 or more: raise them, or take them out"
    elif [ "$what" = zone ]; then
      fault "geode.json has '$region' in one zone, but an environment of Container Apps and a region of Cosmos DB cannot be told to share one; allowed are the footprints regional and zonal"
    elif ! among "$region" "$azure"; then
      fault "geode.json has the region '$region', which is none of Azure's; allowed are those in infra/regions.json: correct its name"
    elif among "$region" "$regions"; then
      fault "geode.json has the region '$region' more than once; allowed is once: take it out elsewhere"
    else
      regions="$regions$region
"
      [ "$what" != zonal ] || zonal="$zonal$region
"
    fi
  done <<END
$listed
END
  check_stamps
}

# Leaves how many there are in $stamps.
check_stamps() {
  listed=$(planet_stamps)
  stamps=0 seen='' placed=''
  [ -n "$listed" ] || return 0
  while IFS=$tab read -r stamp region; do
    if [ -n "$region" ]; then
      if ! among "$region" "$regions"; then
        fault "geode.json has the region '$region' in the stamp '$stamp', but not in the planet; allowed are those in its regions: correct its name"
      elif among "$region" "$placed"; then
        fault "geode.json has the region '$region' in more than one stamp; allowed is one: take it out elsewhere"
      fi
      placed="$placed$region
"
      continue
    fi
    stamps=$((stamps + 1))
    if ! is_like "$stamp" '[a-z]([a-z0-9-]{0,21}[a-z0-9])?'; then
      fault "geode.json has the stamp '$stamp'; allowed are 1 to 23 lower-case letters, digits and hyphens, a letter first and no hyphen last: the name is part of its account's"
    elif among "$stamp" "$seen"; then
      fault "geode.json has the stamp '$stamp' more than once; allowed is once: give it another name"
    fi
    seen="$seen$stamp
"
  done <<END
$listed
END
  for region in $regions; do
    among "$region" "$placed" || fault "geode.json has the region '$region' in no stamp; allowed is one, where there are stamps: add it to one"
  done
  [ "$(planet_value .tenants.by)" != host ] ||
    fault "geode.json has tenants that are told by host, for which Front Door needs a certificate for any name below yours; allowed are header and path"
  [ "$(planet_value .steward.mode)" != act ] ||
    fault "geode.json has a steward that acts, and stamps, each of which has its own; allowed are observe and advise"
  [ "${PLANET_STEWARD_ACTS-off}" != on ] ||
    fault "PLANET_STEWARD_ACTS is 'on', but geode.json has stamps, each of which has its own steward; allowed is off: azd env set PLANET_STEWARD_ACTS off"
  # Each has an endpoint, besides that of all: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits
  most=9
  [ "${PLANET_FRONT_DOOR_SKU-}" != Premium_AzureFrontDoor ] || most=24
  [ "$stamps" -le "$most" ] ||
    fault "geode.json has $stamps stamps; allowed are 9, or 24 with PLANET_FRONT_DOOR_SKU Premium_AzureFrontDoor: make them fewer"
}

check_settings() {
  is_like "${AZURE_ENV_NAME-}" '[A-Za-z0-9_.()-]{1,40}' ||
    fault "AZURE_ENV_NAME is '${AZURE_ENV_NAME-}'; allowed are 1 to 40 letters, digits, -_.(): azd env new NAME"
  # azd asks for the location when there is none yet.
  [ -z "${AZURE_LOCATION-}" ] || among "$AZURE_LOCATION" "$azure" ||
    fault "AZURE_LOCATION is '$AZURE_LOCATION'; allowed are the names in infra/regions.json: azd env set AZURE_LOCATION westeurope"
  expect_one_of PLANET_FRONT_DOOR_SKU "${PLANET_FRONT_DOOR_SKU-Standard_AzureFrontDoor}" Standard_AzureFrontDoor Premium_AzureFrontDoor
  expect_one_of PLANET_PRIVATE_DATABASE "${PLANET_PRIVATE_DATABASE-off}" off prepare on
  expect_one_of PLANET_DELETION_LOCK "${PLANET_DELETION_LOCK-off}" off on
  expect_one_of PLANET_BACKUP_TIER "${PLANET_BACKUP_TIER-Continuous7Days}" Continuous7Days Continuous30Days
  expect_one_of PLANET_STEWARD_ACTS "${PLANET_STEWARD_ACTS-off}" off on
  expect PLANET_REQUESTS_PER_MINUTE "${PLANET_REQUESTS_PER_MINUTE-}" '[1-9][0-9]{1,8}' \
    'are whole numbers from 10 to 999999999' 1000
  expect PLANET_MONTHLY_BUDGET "${PLANET_MONTHLY_BUDGET-}" '0|[1-9][0-9]{0,8}' \
    'are whole numbers from 0, for none, to 999999999' 500
  expect PLANET_BUDGET_START "${PLANET_BUDGET_START-}" '2[0-9]{3}-(0[1-9]|1[0-2])-01' \
    'is the first day of a month' 2026-01-01
  expect PLANET_DATABASE_MAX_THROUGHPUT "${PLANET_DATABASE_MAX_THROUGHPUT-}" '[1-9][0-9]{0,5}000' \
    'are multiples of 1000 from 1000 to 999999000' 1000
  label='[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
  expect PLANET_CUSTOM_DOMAIN "${PLANET_CUSTOM_DOMAIN-}" "(${label}[.])+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])" \
    'is a host name and nothing else' www.contoso.com
  byte='(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
  expect PLANET_TESTER_ADDRESS "${PLANET_TESTER_ADDRESS-}" "${byte}([.]${byte}){3}(/(3[0-2]|[12]?[0-9]))?" \
    'is an IPv4 address or range' 203.0.113.7/32
  expect PLANET_ALERT_EMAIL "${PLANET_ALERT_EMAIL-}" '[^@ ,;]+@[^@ ,;]+[.][^@ ,;.]+' \
    'is one address' ops@contoso.com
  check_drained
}

check_drained() {
  [ -n "$regions" ] || return 0
  drained=$(printf '%s\n' "${PLANET_DRAINED_REGIONS-}" | tr ',' '\n' | sed 's/^ *//; s/ *$//' | grep .) || return 0
  allowed="allowed are some of $(printf '%s' "$regions" | in_one_line), and not all: azd env set PLANET_DRAINED_REGIONS \"\""
  while read -r region; do
    printf '%s' "$regions" | grep -Fx -e "$region" >/dev/null ||
      fault "PLANET_DRAINED_REGIONS has '$region', which is no region of the planet; $allowed"
  done <<END
$drained
END
  printf '%s' "$regions" | grep -Fvx -e "$drained" >/dev/null || fault "PLANET_DRAINED_REGIONS has all regions; $allowed"
}

is_like() { printf '%s\n' "$1" | grep -Ex -e "$2" >/dev/null; }

# A setting that is not given needs nothing: expect NAME VALUE PATTERN WHAT-IS-ALLOWED EXAMPLE.
expect() {
  [ -z "$2" ] || is_like "$2" "$3" || fault "$1 is '$2'; allowed $4: azd env set $1 $5"
}

# A setting that is one of some words; set and empty, it would be passed on as that: expect_one_of NAME VALUE DEFAULT OTHER...
expect_one_of() {
  setting=$1 value=$2 default=$3
  shift 2
  printf '%s\n' "$@" | grep -Fx -e "$value" >/dev/null ||
    fault "$setting is '$value'; allowed are $(printf '%s\n' "$@" | in_one_line): azd env set $setting $default"
}
