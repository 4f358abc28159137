# shellcheck shell=sh
# What the hooks know of the planet's files, and how they ask az. To be read at the root.

json() { awk -f infra/hooks/lib/json.awk "$1" 2>/dev/null; }

# Of each region of geode.json what it is to be (edge; zone: in one; zonal: in all of its zones; few: so, with too few replicas; odd: nobody knows
# what; plain), a tab, and its name. Fails when the file cannot be read.
planet_regions() {
  values=$(json geode.json) || return 1
  printf '%s\n' "$values" | awk -F '\t' '
    $1 ~ /^\.regions\.[0-9]+(\.|$)/ {
      split($1, path, ".")
      number = path[3] + 0
      if (number + 1 > count) count = number + 1
      if (path[4] == "" || path[4] == "name") name[number] = $2
      if (path[4] == "zoneRedundant" && $2 == "true") zonal[number] = 1
      if (path[4] == "footprint" && $2 == "zonal") zonal[number] = each[number] = 1
      else if (path[4] == "footprint" && $2 == "zone") one[number] = 1
      else if (path[4] == "footprint" && $2 != "regional") odd[number] = 1
      if (path[4] ~ /^(min|max)Replicas$/ && $2 + 0 < 3) few[number] = 1
      if (path[4] == "kind" && $2 == "edge") edge[number] = 1
    }
    END { for (i = 0; i < count; i++) print (i in edge ? "edge" : i in odd ? "odd" : i in one ? "zone" : i in each && i in few ? "few" : i in zonal ? "zonal" : "plain") "\t" name[i] }'
}

# Of each stamp of geode.json a line with its name, and then one with its name, a tab and a region for each of its regions.
planet_stamps() {
  json geode.json | awk -F '\t' '
    $1 ~ /^\.stamps\.[0-9]+\./ {
      split($1, path, ".")
      number = path[3] + 0
      if (number + 1 > count) count = number + 1
      if (path[4] == "name") name[number] = $2
      if (path[4] == "regions") regions[number] = regions[number] $2 "\t"
    }
    END {
      for (i = 0; i < count; i++) {
        print name[i]
        most = split(regions[i], region, "\t")
        for (j = 1; j < most; j++) print name[i] "\t" region[j]
      }
    }'
}

# A value of geode.json: planet_value .tenants.by
planet_value() { json geode.json | awk -F '\t' -v path="$1" '$1 == path { print $2 }'; }

# What infra/names.json calls it: name KEY VALUE VALUE.
name() {
  json infra/names.json | awk -F '\t' -v key=".$1" -v first="$2" -v second="${3-}" '
    $1 == key { gsub(/[{]0[}]/, first, $2); gsub(/[{]1[}]/, second, $2); print $2 }'
}

# Is the line in the lines? Whatever the case of its letters. (grep -q would end before all is written, which some shells report.)
among() { printf '%s\n' "$2" | grep -Fix -e "$1" >/dev/null; }

# Names of regions as people write them ("West Europe"), as Azure does.
as_names() { tr '[:upper:]' '[:lower:]' | sed 's/ //g'; }

# Lines as one, with commas.
in_one_line() { awk '$0 != "" { printf "%s%s", separator, $0; separator = ", " }'; }

# Puts az's answer, as lines, into $answer; when it fails, what az says about it, and fails too.
ask_az() {
  if answer=$(az "$@" --only-show-errors -o tsv 2>&1 </dev/null); then
    answer=$(printf '%s' "$answer" | tr -d '\r')
    return 0
  fi
  answer=$(printf '%s\n' "$answer" | sed 's/^ERROR: *//; /^$/d' | sed -n 1p)
  return 1
}

# Can az be asked about the subscription? If not, $answer says why.
az_is_ready() {
  if [ -z "${AZURE_SUBSCRIPTION_ID-}" ]; then
    answer='AZURE_SUBSCRIPTION_ID is not set yet.'
  elif ! command -v az >/dev/null 2>&1; then
    answer='az is not installed.'
  else
    ask_az account show --query id --subscription "$AZURE_SUBSCRIPTION_ID"
    return
  fi
  return 1
}
