# shellcheck shell=bash
# Sourced by the scripts beside it: makes sure that external tools are there.

# ensure_installed "PACKAGE PROBE WHY" ...
#   PACKAGE  its name in Debian and Ubuntu
#   PROBE    a command on the PATH, or an absolute path, that shows that it is there
#   WHY      what needs it, for people
# Says what is missing and why, and installs it with apt-get where that and root (or sudo) exist. Elsewhere it says what to install
# and returns 1.
ensure_installed() {
  local entry package probe why
  local -a missing=()
  for entry in "$@"; do
    read -r package probe why <<<"$entry"
    if ! is_there "$probe"; then
      missing+=("$package")
      printf 'missing: %-22s needed for %s\n' "$package" "$why"
    fi
  done
  ((${#missing[@]} > 0)) || return 0

  local -a as_root=()
  if ((EUID != 0)); then as_root=(sudo); fi
  if ! command -v apt-get >/dev/null || { ((EUID != 0)) && ! command -v sudo >/dev/null; }; then
    printf 'Install these, then run this script again: %s\n' "${missing[*]}" >&2
    printf 'On Debian or Ubuntu, as root: apt-get install %s\n' "${missing[*]}" >&2
    return 1
  fi

  printf 'installing with apt-get: %s\n' "${missing[*]}"
  if ! apt-cache show "${missing[@]}" >/dev/null 2>&1; then refresh_package_lists; fi
  if ! install_quietly; then
    refresh_package_lists # the lists were there, but too old
    install_quietly || { cat "$install_log" >&2; rm -f "$install_log"; return 1; }
  fi
  rm -f "$install_log"

  for entry in "$@"; do
    read -r package probe why <<<"$entry"
    is_there "$probe" || { printf '%s is installed, but %s is still not found.\n' "$package" "$probe" >&2; return 1; }
  done
}

# ensure_dotnet: the one thing that apt does not bring everywhere.
ensure_dotnet() {
  command -v dotnet >/dev/null && return 0
  printf 'The .NET SDK %s or a later feature band is needed: https://dotnet.microsoft.com/download\n' \
    "$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json)" >&2
  return 1
}

# ensure_yowasp: a later Yosys, in build/tools. What needs it does without where it cannot be had.
ensure_yowasp() {
  LUTDLA_YOWASP=$PWD/build/tools/yowasp
  export LUTDLA_YOWASP
  [[ -d $LUTDLA_YOWASP/node_modules/@yowasp/yosys ]] && return 0
  { command -v npm >/dev/null && npm install --silent --no-fund --no-audit --prefix "$LUTDLA_YOWASP" @yowasp/yosys@0.55.944; } ||
    printf 'not installed: @yowasp/yosys, a later Yosys, by npm; its tests are skipped\n'
}

# build_release [PROJECT]: restores and builds the project, or everything, once; says nothing more unless it fails.
build_release() {
  local log
  log=$(mktemp)
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  printf 'building (Release) ...\n'
  if ! dotnet build "${1:-LutDla.sln}" --configuration Release --verbosity quiet --nologo -nodeReuse:false >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

is_there() {
  case $1 in
    /*) [[ -e $1 ]] ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# These two see the locals of ensure_installed.
refresh_package_lists() {
  "${as_root[@]}" apt-get update -qq
}

install_quietly() {
  install_log=${install_log:-$(mktemp)}
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends "${missing[@]}" >"$install_log" 2>&1
}
