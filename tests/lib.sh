# shellcheck shell=bash
# Shared by ./run, ./test and tests/e2e/setup-workbench.sh: set-up, builds, small helpers. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$root/out
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gateway-lsp

# No build server or compiler may outlive the script.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '==> %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 2; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command quietly; shows what it printed only if it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  [ "$status" = 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

# Digest of the files under the given folders (relative to the root): names and content, build products left out.
digest() {
  (cd "$root" && find "$@" -type d \( -name bin -o -name obj -o -name node_modules -o -name 'dist*' -o -path client-vscode/server -o -path client-vscode/docs \) -prune \
    -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# Installs the Debian packages that are missing. Fails, and says so, without the right to.
apt_install() {
  local missing=() as_root=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! have apt-get; then
    say "Missing: ${missing[*]} (Debian's names; there is no apt here to install them)"
    return 1
  fi
  if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      say "Missing: ${missing[*]} (no right to install them: run 'sudo apt-get install ${missing[*]}')"
      return 1
    fi
    as_root=(sudo -n)
  fi
  say "Installing Debian packages: ${missing[*]}"
  quietly "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=600 update -qq || true # an old list may still do
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${missing[@]}"
}

require_dotnet() {
  have dotnet || [ ! -x "$HOME/.dotnet/dotnet" ] || PATH=$HOME/.dotnet:$PATH
  have dotnet || die "the .NET SDK 10 is needed, and there is no 'dotnet' on the PATH"
  (cd "$root" && dotnet --list-sdks) | grep -q '^10\.' || die "the .NET SDK 10 is needed; found: $(dotnet --list-sdks | tr '\n' ' ')"
}

require_node() {
  have npm || die "Node 20 is needed, with npm"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node 20 is needed; found $(node -v)"
}

# NAME ARCHITECTURE as .NET and VS Code write it.
platform() {
  local os=linux cpu=x64
  [ "$(uname -s)" != Darwin ] || os=$1
  case $(uname -m) in aarch64 | arm64) cpu=arm64 ;; esac
  printf '%s-%s' "$os" "$cpu"
}

native_toolchain() {
  [ "$(uname -s)" != Darwin ] || { have clang; return; }
  { have clang && have ld.lld && [ -e /usr/include/zlib.h ]; } || apt_install clang lld zlib1g-dev
}

# out/gateway-sandbox: one native executable, or without a toolchain a launcher beside a folder that needs the .NET runtime.
build_sandbox() {
  local kind=native want stamp=$out/.sandbox.stamp staging=$out/.publish-sandbox options=()
  require_dotnet
  native_toolchain || kind=portable
  inputs() { printf '%s %s %s' "$kind" "$(cd "$root" && dotnet --version)" "$(digest server/GatewayLsp.Sandbox server/GatewayLsp.Engine schemas)"; }
  want=$(inputs)
  if [ -x "$out/gateway-sandbox" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
    say "Sandbox: up to date (out/gateway-sandbox)"
    return
  fi
  say "Sandbox: building"
  [ "$kind" = native ] || options=(-p:PublishAot=false -p:NuGetLockFilePath=obj/portable.lock.json)
  mkdir -p "$out"
  rm -rf "$staging" "$stamp"
  quietly dotnet publish "$root/server/GatewayLsp.Sandbox" -c Release -o "$staging" -nologo -v q -nodeReuse:false "${options[@]}" ||
    die "the sandbox does not build"
  rm -rf "$out/gateway-sandbox" "$out/gateway-sandbox.d"
  if [ "$kind" = native ]; then
    mv "$staging/gateway-sandbox" "$out/gateway-sandbox"
    rm -rf "$staging"
  else
    mv "$staging" "$out/gateway-sandbox.d"
    rm -f "$out"/gateway-sandbox.d/*.pdb
    cat >"$out/gateway-sandbox" <<'LAUNCHER'
#!/bin/sh
exec dotnet "$(dirname "$(readlink -f "$0")")/gateway-sandbox.d/gateway-sandbox.dll" "$@"
LAUNCHER
    chmod +x "$out/gateway-sandbox"
  fi
  inputs >"$stamp"
}

# out/gateway-lsp: one native executable, or without a toolchain a launcher beside a folder that needs the .NET runtime.
build_server() {
  local kind=native rid want stamp=$out/.server.stamp staging=$out/.publish options
  require_dotnet
  native_toolchain || kind=portable
  rid=$(platform osx)
  inputs() { printf '%s %s %s %s' "$kind" "$rid" "$(cd "$root" && dotnet --version)" "$(digest server schemas)"; }
  want=$(inputs)
  if [ -x "$out/gateway-lsp" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
    say "Server: up to date (out/gateway-lsp)"
    return
  fi
  if [ "$kind" = native ]; then
    say "Server: building a native executable (.NET NativeAOT; the first time takes a minute or two)"
    options=()
  else
    say "Server: no native toolchain (clang, lld, zlib headers), so building one that needs the .NET runtime to start"
    # Other packages are restored than for a native build: that must not show in the committed lock files.
    options=(-p:PublishAot=false -p:NuGetLockFilePath=obj/portable.lock.json)
  fi
  mkdir -p "$out"
  rm -rf "$staging" "$stamp"
  # Without -r, which would reach the build tools too and rewrite their lock files: .NET takes this machine's platform.
  quietly dotnet publish "$root/server/GatewayLsp.Server" -c Release -o "$staging" -nologo -v q -nodeReuse:false "${options[@]}" ||
    die "the server does not build"
  rm -rf "$out/gateway-lsp" "$out/gateway-lsp.d"
  if [ "$kind" = native ]; then
    mv "$staging/gateway-lsp" "$out/gateway-lsp"
    rm -rf "$staging"
  else
    mv "$staging" "$out/gateway-lsp.d"
    rm -f "$out"/gateway-lsp.d/*.pdb
    cat >"$out/gateway-lsp" <<'LAUNCHER'
#!/bin/sh
exec dotnet "$(dirname "$(readlink -f "$0")")/gateway-lsp.d/gateway-lsp.dll" "$@"
LAUNCHER
    chmod +x "$out/gateway-lsp"
  fi
  inputs >"$stamp" # asked again: a restore may have written lock files
}

# node_modules of the extension, as the lock file says.
install_extension_packages() {
  local dir=$root/client-vscode want
  require_node
  want=$(sha256sum "$dir/package-lock.json" | cut -d' ' -f1)
  [ "$(cat "$dir/node_modules/.lock-digest" 2>/dev/null)" != "$want" ] || return 0
  say "Extension: installing npm packages"
  (cd "$dir" && quietly npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || die "npm ci failed in client-vscode"
  printf '%s' "$want" >"$dir/node_modules/.lock-digest"
}

vsix() { printf '%s/gateway-lsp-%s.vsix' "$out" "$(platform darwin)"; }

# out/gateway-lsp-<platform>.vsix: the extension with out/gateway-lsp in it.
build_extension() {
  local dir=$root/client-vscode want stamp=$out/.vsix.stamp
  want="$(digest client-vscode server/docs/rules) $(sha256sum "$out/gateway-lsp" | cut -d' ' -f1) $(cat "$out/.server.stamp" 2>/dev/null || true)"
  if [ -f "$(vsix)" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
    say "Extension: up to date (${out##*/}/$(basename "$(vsix)"))"
    return
  fi
  install_extension_packages
  say "Extension: bundling and packaging"
  rm -rf "$dir/server" "$dir/docs" "$stamp"
  mkdir -p "$dir/server" "$dir/docs"
  cp -R "$root/server/docs/rules" "$dir/docs/"
  cp -R "$out"/gateway-lsp "$dir/server/"
  [ ! -d "$out/gateway-lsp.d" ] || cp -R "$out/gateway-lsp.d" "$dir/server/"
  (cd "$dir" && quietly node node_modules/@vscode/vsce/vsce package --target "$(platform darwin)" --no-dependencies --out "$(vsix)") ||
    die "vsce could not package the extension"
  printf '%s' "$want" >"$stamp"
}

# The browser workbench, in the cache. Prints what it does; sets $workbench.
setup_workbench() {
  workbench=$cache/workbench
  bash "$root/tests/e2e/setup-workbench.sh" "$workbench"
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
