#!/bin/sh
# Before azd provision: what else would fail late, all of it at once. Changes nothing.
cd "$(dirname "$0")/../.." || exit 1
. infra/hooks/lib/planet.sh
. infra/hooks/lib/settings.sh
. infra/hooks/lib/subscription.sh

faults=
fault() {
  faults="$faults  $1
"
}

warn() { printf 'Warning: %s\n' "$1" >&2; }

check_azd
check_planet
check_settings
check_subscription

if [ -n "$faults" ]; then
  printf 'The planet cannot be provisioned:\n%s' "$faults" >&2
  exit 1
fi
printf 'Nothing is in the way of a planet of %s regions.\n' "$(printf '%s\n' "${regions-}" | grep -c .)"
