# The steps of scripts/test. Each prints a heading and one line of its runner's summary, and tallies what it counted.

# build PRESET|web: a build that fails counts as one failed test and skips what needed it.
build() {
  if [ "$1" = web ]; then
    heading "build web"
    run_logged build-web node "$REPO/web/build.mjs" && return 0
  else
    cmake_build "$1" && return 0
  fi
  tally 0 1
  return 1
}

# number_after LOG REGEX: the last number that the regex captures in the log, or 0.
number_after() {
  local number
  number=$(sed -nE "s/.*$2.*/\\1/p" "$1" | tail -n 1)
  printf '%s' "${number:-0}"
}

# summarise NAME LOG STATUS PASSED FAILED: a runner that dies without counting a failure has failed once.
summarise() {
  local name=$1 log=$2 status=$3 good=$4 bad=$5
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  tally "$good" "$bad"
  printf '%s: %d ok, %d not ok\n' "$name" "$good" "$bad"
  if [ "$bad" -gt 0 ]; then printf 'whole log: %s\n' "${log#"$REPO"/}"; fi
}

# core_step NAME COMMAND...: the GoogleTest suite.
core_step() {
  local name=$1 log=$LOGS/core-$1.log status=0
  shift
  heading "core tests, $name"
  if [ -z "$(find "$REPO/tests/core" -name '*_test.cc' -print -quit)" ]; then
    echo "no test file in tests/core"
    return
  fi
  "$@" --gtest_color=no --gtest_brief=1 --gtest_filter="*$filter*" >"$log" 2>&1 || status=$?
  [ "$status" -eq 0 ] || grep -v '^\[==' "$log" | tail -n 80
  local skipped
  skipped=$(number_after "$log" '\[  SKIPPED \] ([0-9]+) test')
  [ "$skipped" -eq 0 ] || echo "$skipped skipped"
  summarise "$name" "$log" "$status" \
    "$(number_after "$log" '\[  PASSED  \] ([0-9]+) test')" "$(grep -c '^\[  FAILED  \]' "$log")"
}

# fuzz_seconds TARGET: a minute for the way in that every file takes, less for the single formats behind it.
fuzz_seconds() {
  case $1 in
    open_fuzz) printf '%s' "${FUZZ_SECONDS:-60}" ;;
    *) printf '%s' "${FUZZ_SECONDS:-12}" ;;
  esac
}

# fuzz_one TARGET: committed seeds and grown corpus first, then new inputs until the time is over.
fuzz_one() {
  local target=$1 seconds
  seconds=$(fuzz_seconds "$1")
  local grown=$REPO/build/fuzz-corpus/$target seeds=$REPO/tests/fuzz/corpus/$target
  mkdir -p "$grown" "$REPO/build/fuzz-artifacts"
  [ -d "$seeds" ] || seeds=
  local dictionary=$REPO/tests/fuzz/${target%_fuzz}.dict
  [ -f "$dictionary" ] && dictionary=-dict=$dictionary || dictionary=
  "$REPO/build/fuzz/bin/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 \
    -artifact_prefix="$REPO/build/fuzz-artifacts/$target-" $dictionary "$grown" $seeds >"$LOGS/fuzz-$target.log" 2>&1
}

fuzz_step() {
  heading "fuzz"
  local targets=() source name
  for source in "$REPO"/tests/fuzz/*_fuzz.cc; do
    name=$(basename "$source" .cc)
    [ -f "$source" ] && [[ $name == *"$filter"* ]] && targets+=("$name")
  done
  if [ ${#targets[@]} -eq 0 ]; then
    echo "no fuzz target"
    return
  fi
  local good=0 bad=0
  export -f fuzz_one fuzz_seconds
  export REPO LOGS
  printf '%s\n' "${targets[@]}" | xargs -P 2 -I{} bash -c \
    'fuzz_one "$1" && echo ok >"$LOGS/fuzz-$1.result" || echo failed >"$LOGS/fuzz-$1.result"' _ {}
  for name in "${targets[@]}"; do
    if [ "$(cat "$LOGS/fuzz-$name.result")" = ok ]; then
      good=$((good + 1))
      printf '%s: %s inputs\n' "$name" "$(number_after "$LOGS/fuzz-$name.log" 'number_of_executed_units: ([0-9]+)')"
    else
      bad=$((bad + 1))
      grep -E '^(==|SUMMARY|artifact_prefix)|runtime error' "$LOGS/fuzz-$name.log" | head -n 12 || true
      tail -n 4 "$LOGS/fuzz-$name.log"
    fi
  done
  summarise fuzz "$LOGS/fuzz-*.log" 0 "$good" "$bad"
}

# node_step NAME FILE...: files of Node's own test runner.
node_step() {
  local name=$1 log=$LOGS/$1.log status=0 options=(--test --test-reporter=spec --enable-source-maps)
  shift
  heading "$name tests"
  if [ ! -f "$1" ]; then
    echo "no test file for $name"
    return
  fi
  [ -z "$filter" ] || options+=("--test-name-pattern=$filter")
  node "${options[@]}" "$@" >"$log" 2>&1 || status=$?
  # sed reads all of the log: a pipe into head would end it, and with it (pipefail) the whole run.
  [ "$status" -eq 0 ] || sed -n '/failing tests/,$p' "$log" | sed -n '1,120p'
  summarise "$name" "$log" "$status" \
    "$(number_after "$log" '^. pass ([0-9]+)$')" "$(number_after "$log" '^. fail ([0-9]+)$')"
}

unit_step() {
  if run_logged bundle-unit node "$REPO/web/bundle_tests.mjs"; then
    node_step web-unit "$REPO"/build/web-unit/*.test.mjs
  else
    tally 0 1
  fi
}
