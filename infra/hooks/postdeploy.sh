#!/bin/sh
# After azd deploy: waits until the planet answers through Front Door and hears from all its geodes, and shows them.
cd "$(dirname "$0")/../.." || exit 1
. infra/hooks/lib/planet.sh

tab=$(printf '\t')
planet=${AZURE_PLANET_URL-}
wait=${GEODE_HOOK_WAIT_SECONDS:-600}
pause=${GEODE_HOOK_PAUSE_SECONDS:-5}
again='Ask once more: azd hooks run postdeploy'
regions=$(printf '%s\n' "${AZURE_GEODE_REGIONS-}" | tr ',' '\n')
# A geode hears of those of its stamp. The cookie is what Front Door chooses a stamp by.
stamps=$(planet_stamps | grep -v "$tab")

give_up() {
  printf '%s\n' "$1" >&2
  exit 1
}

# Puts what the planet says about a path, or a stamp of it, into $status and $body: get PATH [STAMP].
get() {
  body=$(curl --silent --max-time 20 --write-out '\n%{http_code}' ${2:+--cookie "geode-stamp=$2"} "$planet$1") || :
  status=$(printf '%s\n' "$body" | sed -n '$p')
  body=$(printf '%s\n' "$body" | sed '$d')
}

# Each region that the answer tells of: its name, whether it is heard of, and how late its writes arrive. A second without a sign of
# life is usual, 15 are not. A region writes both of its Api and its Worker; only those of the Api tell of traffic.
heard() {
  printf '%s\n' "$body" | awk -f infra/hooks/lib/json.awk | awk -F '\t' '
    { split($1, path, "."); number = path[3] + 0 }
    $1 ~ /^\.regions\.[0-9]+\.name$/ { name[number] = $2; if (number + 1 > count) count = number + 1 }
    $1 ~ /^\.regions\.[0-9]+\.silentForMs$/ && $2 != "null" { silent[number] = $2 }
    $1 ~ /^\.regions\.[0-9]+\.replicationLagMs$/ && $2 != "null" { lag[number] = int($2) " ms" }
    $1 ~ /^\.regions\.[0-9]+\.traffic\./ { serves[number] = 1 }
    END {
      for (i = 0; i < count; i++) {
        state = !(i in silent) || silent[i] > 15000 ? "silent" : serves[i] ? "alive" : "worker only"
        print name[i] "\t" state "\t" (i in lag ? lag[i] : "-")
      }
    }'
}

# Tries once. Leaves in $missing what is still waited for.
look() {
  missing=$regions
  get /health/ready
  ready=$status
  [ "$ready" = 200 ] || return 0
  geodes=
  for stamp in ${stamps:-all}; do
    get /api/planet "${stamps:+$stamp}"
    ready=$status
    [ "$ready" = 200 ] || return 0
    geodes="$geodes$(heard)
"
    served=$(printf '%s\n' "$body" | awk -f infra/hooks/lib/json.awk | sed -n "s/^\.answeredBy$tab//p")
    servers="$servers$served
"
  done
  missing=$(for region in $regions; do among "$region${tab}alive" "$(printf '%s\n' "$geodes" | cut -f 1,2)" || printf '%s\n' "$region"; done)
}

# The newest revision of an app, and whether it is ready: revision APP REGION.
revision() {
  printf '%s\n' "$apps" | awk -F '\t' -v group="$(name geodeGroup "${AZURE_ENV_NAME-}" "$2")" -v app="$1" '
    tolower($1) == tolower(group) && $2 == app { found = $3 == $4 ? $3 : $3 " (not ready)" }
    END { print (found == "" ? "-" : found) }'
}

row() { printf '  %-20s %-12s %-8s %-8s %-32s %s\n' "$@" | sed 's/ *$//'; }

show() {
  apps=
  if ! az_is_ready || ! ask_az containerapp list --query '[].[resourceGroup,name,properties.latestRevisionName,properties.latestReadyRevisionName]' --subscription "$AZURE_SUBSCRIPTION_ID"; then
    printf 'Warning: revisions are not shown. %s\n' "$answer" >&2
  else
    apps=$answer
  fi
  row region state lag served api worker
  for region in $regions; do
    state=$(printf '%s\n' "$geodes" | awk -F '\t' -v region="$region" '$1 == region { print $2 }')
    lag=$(printf '%s\n' "$geodes" | awk -F '\t' -v region="$region" '$1 == region { print $3 }')
    row "$region" "${state:-silent}" "${lag:--}" "$(among "$region" "$servers" && echo yes || echo -)" "$(revision api "$region")" "$(revision worker "$region")"
  done
}

[ -n "$planet" ] || give_up 'AZURE_PLANET_URL is not set; needed is what provisioning says: azd provision'
case $wait$pause in
  *[!0-9]*) give_up "GEODE_HOOK_WAIT_SECONDS is '$wait' and GEODE_HOOK_PAUSE_SECONDS '$pause'; allowed are whole numbers: unset them" ;;
esac
printf 'The planet: %s\n' "$planet"
command -v curl >/dev/null 2>&1 || give_up 'curl is not installed, so nobody knows whether the planet answers: install it, then azd hooks run postdeploy'

printf 'Waiting up to %s seconds until it answers through Front Door, which takes minutes the first time.\n' "$wait"
servers='' geodes=''
until_when=$(($(date +%s) + wait))
look
while [ -n "$missing" ] && [ "$(date +%s)" -lt "$until_when" ]; do
  sleep "$pause"
  look
done

if [ "$ready" != 200 ]; then
  [ "$ready" != 000 ] || ready='no connection'
  give_up "The planet does not answer through Front Door after $wait seconds ($ready); allowed is 200. $again"
fi
show
if [ -n "$missing" ]; then
  give_up "Not heard of after $wait seconds: $(printf '%s\n' "$missing" | in_one_line). See: az containerapp logs show -n api -g $(name geodeGroup "${AZURE_ENV_NAME-}" "$(printf '%s\n' "$missing" | sed -n 1p)"). $again"
fi
echo 'All geodes are alive.'
