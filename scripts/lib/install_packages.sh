# install_packages: the Debian packages of packages.txt that this machine lacks.
has_package() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Any node >= 18.19 on PATH will do; Debian's own comes only where there is none.
has_node() {
  command -v npm >/dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 18 || (major === 18 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "needs root for: $*"
  fi
}

install_packages() {
  local missing=() package
  while read -r package; do
    has_package "$package" || missing+=("$package")
  done < <(grep -v '^#' "$REPO/scripts/lib/packages.txt")
  has_node || missing+=(nodejs npm)
  [ ${#missing[@]} -gt 0 ] || return 0

  printf 'installing: %s\n' "${missing[*]}"
  run_logged apt-update as_root apt-get update
  run_logged apt-install as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends "${missing[@]}"
}
