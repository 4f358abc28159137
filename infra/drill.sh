#!/bin/sh
# Asks a planet again and again, as visitors do, and fails when more than one answer is bad. It changes nothing.
#
#   sh infra/drill.sh URL [REGION]
#
# Prints the regions that answered, the busiest first. With REGION it also fails when that region never answered:
# then nothing was learned about it. Works for a planet in Azure and for one on a laptop (http://127.0.0.1:8080).
#
# DRILL_ROUNDS (60) rounds of two requests, DRILL_PAUSE (1) seconds apart, DRILL_FAILURES (1) bad answers allowed.
set -eu

url=${1:?"Usage: drill.sh URL [REGION]"}
url=${url%/}
region=${2:-}
rounds=${DRILL_ROUNDS:-60}
allowed=${DRILL_FAILURES:-1}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
: >"$folder/regions"
bad=0

ask() {
  : >"$folder/headers"
  status=$(curl --silent --show-error --max-time 10 --output /dev/null --dump-header "$folder/headers" --write-out '%{http_code}' "$url$1") || true
  case $status in
    2??) sed -n 's/^[Xx]-[Gg]eode-[Rr]egion: *\([a-z0-9-]*\).*/\1/p' "$folder/headers" >>"$folder/regions" ;;
    *)
      bad=$((bad + 1))
      echo "$1 answered $status" >&2
      ;;
  esac
}

round=0
while [ "$round" -lt "$rounds" ]; do
  [ "$round" -eq 0 ] || sleep "${DRILL_PAUSE:-1}"
  ask /health/ready
  ask /api/planet # its answer names the region
  round=$((round + 1))
done

sort "$folder/regions" | uniq -c | sort -rn | sed 's/^ *\([0-9]*\) \(.*\)/\2 \1/'
echo "$bad of $((2 * rounds)) answers were bad, $allowed may be." >&2

if [ "$bad" -gt "$allowed" ]; then exit 1; fi
if [ -n "$region" ] && ! grep -qx "$region" "$folder/regions"; then
  echo "$region gave no good answer." >&2
  exit 1
fi
