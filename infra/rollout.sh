#!/bin/sh
# Deploys a new version to one region, drills it, then to all: sh infra/rollout.sh [REGION]
#
# REGION is the first to get it. Without one it is the region that answers this machine: only that one can be drilled from here.
# Needs a provisioned environment, azd and az signed in, and curl. A failed drill gives the old version everything back.
# docs/azure.md, "Blue/green", tells what the settings mean.
set -eu
cd "$(dirname "$0")/.."

# azd gives up after 20 minutes; many regions take longer.
export AZD_DEPLOY_TIMEOUT="${AZD_DEPLOY_TIMEOUT:-7200}"

step() { printf '\n== %s\n' "$1"; }

forget() {
  for setting in API_LIVE_REVISION API_CANDIDATE_REVISION API_CANDIDATE_WEIGHT API_CANDIDATE_REGIONS; do
    azd env set "$setting" ""
  done
}

# With the image that is already there, a deployment only moves weight.
move() {
  image=$(azd env get-value SERVICE_API_IMAGE_NAME) && azd deploy api --no-prompt --from-package "$image"
}

roll_back() {
  step "back to $live: $1"
  azd env set API_CANDIDATE_WEIGHT 0
  move || echo "Moving the weight back failed: do it by hand, see docs/azure.md." >&2
  forget
  exit 1
}

group=$(azd env get-value AZURE_GEODE_HOME_RESOURCE_GROUP)
url=$(azd env get-value AZURE_PLANET_URL)

# Which revision serves is asked of Azure: a build server has nothing left of the last deployment. "live" is its label while there
# is a candidate, also one that an interrupted run left. Otherwise it is the newest that is ready.
live=$(az containerapp list --resource-group "$group" --output tsv \
  --query "[?name=='api'].properties.[(configuration.ingress.traffic[?label=='live'].revisionName)[0] || latestReadyRevisionName][]")
live=${live#api--}

forget
if [ -z "$live" ]; then
  step "first deployment: nothing serves that could be lost"
  azd deploy --no-prompt
  exit
fi

step "before: who answers here"
answered=$(sh infra/drill.sh "$url") || { echo "The planet is not well before anything was changed. To deploy all the same: azd deploy" >&2; exit 1; }
echo "$answered"
first=${1:-$(echo "$answered" | sed -n '1s/ .*//p')}
[ -n "$first" ] || { echo "No answer named its region (X-Geode-Region)." >&2; exit 1; }

step "the candidate starts in every region and gets nothing; $live serves"
azd env set API_LIVE_REVISION "$live"
azd deploy api --no-prompt || { forget; exit 1; }
candidate=$(azd env get-value API_REVISION)

step "all of $first to $candidate"
azd env set API_CANDIDATE_REVISION "$candidate"
azd env set API_CANDIDATE_WEIGHT 100
azd env set API_CANDIDATE_REGIONS "$first"
move || roll_back "the deployment failed"
sh infra/drill.sh "$url" "$first" || roll_back "the drill in $first failed"

step "all regions to $candidate"
azd env set API_CANDIDATE_REGIONS ""
move || roll_back "the deployment failed"
sh infra/drill.sh "$url" || roll_back "the drill failed"

step "done: the candidate's image becomes the only one, then the worker follows"
forget
move
azd deploy worker --no-prompt
