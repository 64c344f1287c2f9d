# build_wasm_deps: protobuf-lite, zlib and RE2 for wasm32, from Debian's source packages of the
# versions installed natively, into build/deps/wasm/{include,lib}. Nothing of it is committed.
DEPS=$REPO/build/deps

# The machine's own package sources, asked for source packages as well. Both styles: one line and deb822.
write_source_lists() {
  local out=$DEPS/apt/sources.list.d file
  mkdir -p "$out" "$DEPS/apt/lists/partial"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$file" ] || continue
    sed -n 's/^[[:space:]]*deb[[:space:]]/deb-src /p' "$file" >"$out/$(basename "$file" .list)-src.list"
  done
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] || continue
    sed 's/^Types:.*/Types: deb-src/' "$file" >"$out/$(basename "$file")"
  done
}

private_apt() {
  apt-get -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$DEPS/apt/sources.list.d" \
    -o Dir::State::Lists="$DEPS/apt/lists" -o Dir::Cache="$DEPS/apt" -o APT::Sandbox::User=root "$@"
}

# "protobuf=3.21.12-3": the source package, with version, that an installed package was built from.
source_of() {
  dpkg-query -W -f='${source:Package}=${source:Version}\n' "$1" | head -n 1
}

unpack_source() {
  local source=$1 name=${1%%=*}
  (cd "$DEPS/download" && run_logged "source-$name" private_apt source --download-only "$source")
  rm -rf "${DEPS:?}/src/$name"
  # dpkg-source applies Debian's patches, which RE2's table generators need.
  run_logged "unpack-$name" dpkg-source --no-check -x "$DEPS/download/$name"_*.dsc "$DEPS/src/$name"
}

generate_re2_tables() {
  cd "$DEPS/src/re2/re2"
  python3 make_unicode_groups.py >unicode_groups.cc
  python3 make_unicode_casefold.py >unicode_casefold.cc
  perl make_perl_groups.pl >perl_groups.cc
}

compile_wasm_deps() {
  cmake -S "$REPO/scripts/deps" -B "$DEPS/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_TOOLCHAIN_FILE="$REPO/wasm/toolchain.cmake" -DCMAKE_INSTALL_PREFIX="$DEPS/wasm" \
    -DSOURCES="$DEPS/src" && cmake --build "$DEPS/build" --target install
}

build_wasm_deps() {
  local sources recipe stamp=$DEPS/wasm/stamp unpacked=$DEPS/src/stamp
  sources="$(source_of libprotobuf-dev) $(source_of zlib1g-dev) $(source_of libre2-dev)"
  recipe="$sources $(cat "$REPO"/scripts/deps/{CMakeLists.txt,re2/util/logging.h} \
    "$REPO/scripts/lib/wasm_deps.sh" "$REPO/wasm/toolchain.cmake" | sha256sum)"
  [ "$(cat "$stamp" 2>/dev/null)" = "$recipe" ] && return 0

  heading "wasm libraries from source: $sources"
  rm -rf "$DEPS/build" "$DEPS/wasm"
  if [ "$(cat "$unpacked" 2>/dev/null)" != "$sources" ]; then
    mkdir -p "$DEPS/download" "$DEPS/src"
    rm -rf "$DEPS/download"/*
    write_source_lists
    run_logged apt-sources private_apt update
    local source
    for source in $sources; do unpack_source "$source"; done
    (generate_re2_tables)
    printf '%s\n' "$sources" >"$unpacked"
  fi
  run_logged wasm-deps compile_wasm_deps
  printf '%s\n' "$recipe" >"$stamp"
}
