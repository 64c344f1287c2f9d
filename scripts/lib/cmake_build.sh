# cmake_build PRESET [TARGET...]: configures once, then builds; ninja's output goes to build/logs.
cmake_build() {
  local preset=$1
  shift
  heading "build $preset${*:+ ($*)}"
  if [ ! -f "$REPO/build/$preset/build.ninja" ]; then
    run_logged "configure-$preset" cmake --preset "$preset" || return 1
  fi
  run_logged "build-$preset" cmake --build --preset "$preset" ${*:+--target "$@"}
}
