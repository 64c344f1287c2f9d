# Sourced by every script: where things are, and how a step is printed.
set -euo pipefail
REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$REPO"
LOGS=$REPO/build/logs
mkdir -p "$LOGS"

# Debian's emcc finds acorn only through NODE_PATH.
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}
# Another clone of this repository, such as CI's, then finds what this one compiled.
export CCACHE_BASEDIR=$REPO CCACHE_NOHASHDIR=1
export LC_ALL=C.UTF-8 TZ=UTC

heading() { printf '\n== %s\n' "$*"; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# run_logged NAME COMMAND...: quiet when it works; otherwise shows the end of the log and fails.
run_logged() {
  local log=$LOGS/$1.log
  shift
  if "$@" >"$log" 2>&1; then return 0; fi
  tail -n 60 "$log"
  printf 'failed: %s (whole log: %s)\n' "$*" "${log#"$REPO"/}"
  return 1
}
