# shellcheck shell=sh
# What only the subscription can say. Each call of az takes a second, so there are few.

tab=$(printf '\t')

check_subscription() {
  if ! az_is_ready; then
    warn "what the subscription allows is not checked. $answer"
    return
  fi
  apps=true database=true
  check_providers
  if $apps; then
    check_apps
    check_apps_quota
  fi
  if $database; then
    check_database
  fi
  check_zones
}

# Azure registers what a template uses, if whoever deploys may do so. So this is no fault.
check_providers() {
  if ! ask_az provider list --query '[].[namespace,registrationState]' --subscription "$AZURE_SUBSCRIPTION_ID"; then
    warn "whether resource providers are registered is not checked. $answer"
    return
  fi
  registered=$(printf '%s\n' "$answer" | sed -n "s/${tab}Register[a-z]*\$//p")
  while read -r provider; do
    among "$provider" "$registered" && continue
    warn "$provider is not registered. Azure does that now, if you may: az provider register --namespace $provider --subscription $AZURE_SUBSCRIPTION_ID"
    case $provider in
      Microsoft.App) apps=false ;;
      Microsoft.DocumentDB) database=false ;;
    esac
  done <<END
$(sed -n "s/^resource [A-Za-z]* '\(Microsoft\.[A-Za-z]*\).*/\1/p" infra/*.bicep infra/modules/*.bicep | LC_ALL=C sort -u)
END
}

check_apps() {
  if ! ask_az provider show --namespace Microsoft.App --query "resourceTypes[?resourceType=='managedEnvironments'].locations[]" --subscription "$AZURE_SUBSCRIPTION_ID"; then
    warn "where Container Apps is offered is not checked. $answer"
    return
  fi
  offered=$(printf '%s\n' "$answer" | as_names)
  for region in ${regions-}; do
    among "$region" "$offered" ||
      fault "Container Apps is not offered in '$region'; allowed are the regions of: az provider show --namespace Microsoft.App --query \"resourceTypes[?resourceType=='managedEnvironments'].locations[]\""
  done
}

# A region that has its environment already needs no other.
check_apps_quota() {
  if ! ask_az resource list --resource-type Microsoft.App/managedEnvironments --query '[].[resourceGroup,name]' --subscription "$AZURE_SUBSCRIPTION_ID"; then
    warn "the quota of Container Apps is not checked. $answer"
    return
  fi
  made=$answer
  for region in ${regions-}; do
    among "$(name geodeGroup "${AZURE_ENV_NAME-}" "$region")$tab$(name environment "$region")" "$made" && continue
    if ! ask_az containerapp list-usages --location "$region" --query "value[?name.value=='ManagedEnvironmentCount'].[currentValue,usage,limit]" --subscription "$AZURE_SUBSCRIPTION_ID"; then
      warn "the quota of Container Apps in '$region' is not checked. $answer"
      continue
    fi
    # Older versions say usage, newer ones currentValue; the one that is not there is None.
    full=$(printf '%s\n' "$answer" | awk '{ used = $1 == "None" ? $2 : $1; if ($3 ~ /^[0-9]+$/ && used + 0 >= $3 + 0) print used " of " $3 }')
    [ -z "$full" ] ||
      fault "Container Apps has no environment left in '$region' ($full are in use); needed is one: ask for more as https://learn.microsoft.com/azure/container-apps/quotas says"
  done
}

check_database() {
  if ! ask_az cosmosdb locations list --query '[].[name,properties.isSubscriptionRegionAccessAllowedForRegular,properties.isSubscriptionRegionAccessAllowedForAz]' --subscription "$AZURE_SUBSCRIPTION_ID"; then
    warn "where Cosmos DB is offered is not checked. $answer"
    return
  fi
  offered=$(printf '%s\n' "$answer" | as_names)
  refused=
  for region in ${regions-}; do
    access=$(printf '%s\n' "$offered" | awk -F '\t' -v region="$region" '$1 == region { print $2 "-" $3 "-" }')
    case $(among "$region" "${zonal-}" && echo zonal)-$access in
      - | zonal-) refused="$refused$region${tab}Cosmos DB is not offered in '$region'; allowed are the regions of: az cosmosdb locations list --query [].name
" ;;
      -false-* | zonal-false-*) refused="$refused$region${tab}Cosmos DB is closed to this subscription in '$region'; allowed are other regions, or ask for this one at https://aka.ms/cosmosdbquota
" ;;
      zonal-*-false-) refused="$refused$region${tab}Cosmos DB has no zones for this subscription in '$region'; allowed is to take out zoneRedundant (or the footprint zonal) there, or ask for them at https://aka.ms/cosmosdbquota
" ;;
    esac
  done
  [ -n "$refused" ] || return 0

  # Where the account is already, it may stay.
  ask_az cosmosdb list --query "[?resourceGroup=='$(name globalGroup "${AZURE_ENV_NAME-}")'].locations[].locationName" --subscription "$AZURE_SUBSCRIPTION_ID" || answer=
  there=$(printf '%s\n' "$answer" | as_names)
  while IFS=$tab read -r region why; do
    [ -z "$region" ] || among "$region" "$there" || fault "$why"
  done <<END
$refused
END
}

check_zones() {
  [ -n "${zonal-}" ] || return 0
  if ! ask_az rest --method get --url "/subscriptions/$AZURE_SUBSCRIPTION_ID/locations?api-version=2022-12-01" --query 'value[?availabilityZoneMappings].name'; then
    warn "which regions have zones is not checked. $answer"
    return
  fi
  for region in ${zonal-}; do
    among "$region" "$answer" ||
      fault "geode.json asks for zones in '$region', which has none; allowed is to take out zoneRedundant (or the footprint zonal) there, or a region of: az account list-locations --query [?availabilityZoneMappings].name"
  done
}
