#!/usr/bin/env bash
# Installs a VS Code workbench that runs in a browser (code-server) and Playwright's library into a folder, from npm and
# Debian packages only. A second run on the same folder ends at once.
#
#   tests/e2e/setup-workbench.sh DIR
#
# Afterwards: DIR/bin/code-server, DIR/node_modules/playwright-core
set -euo pipefail
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

CODE_SERVER=4.100.3 # VS Code 1.100.3: the last release on npm for Node 20
PLAYWRIGHT=1.65.1
TSLIB=2.8.1         # the one package that the workbench's shrinkwrap leaves out
NATIVE_MODULES="node-pty @vscode/spdlog native-watchdog"

dir=${1:?usage: setup-workbench.sh DIR}
require_node
node_major=$(node -p 'process.versions.node.split(".")[0]')
[ "$node_major" = 20 ] || die "the browser workbench (code-server $CODE_SERVER) needs Node 20, found $(node -v)"

want="1 code-server=$CODE_SERVER playwright-core=$PLAYWRIGHT tslib=$TSLIB abi=$(node -p process.versions.modules) node=$(command -v node)"
stamp=$dir/.complete
if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
  say "Workbench: up to date"
  exit 0
fi

tools() { have rg && have python3 && have make && have g++; }
tools || apt_install ripgrep python3 make g++ || die "the browser workbench needs ripgrep, python3, make and g++"

node_prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
headers=$node_prefix/include/node
# Debian's headers only where they are of this Node: older ones would bring an older Node along, in the place of this one.
[ -f "$headers/node.h" ] || ! apt-cache policy libnode-dev 2>/dev/null | grep -q "Candidate: $node_major\." || apt_install libnode-dev || true
[ -f "$headers/node.h" ] || die "Node's headers are not at $headers (Node's own packages have them): the workbench's native modules need them"
gyp=$(npm root -g 2>/dev/null)/npm/node_modules/node-gyp/bin/node-gyp.js
[ -f "$gyp" ] || die "npm has no node-gyp at $gyp"

say "Workbench: installing code-server $CODE_SERVER (once; about a minute)"
rm -rf "$dir"
mkdir -p "$dir/bin"
cd "$dir"
cat >package.json <<JSON
{ "name": "workbench", "version": "0.0.0", "private": true,
  "dependencies": { "code-server": "$CODE_SERVER", "playwright-core": "$PLAYWRIGHT" } }
JSON

# Install scripts stay off: they would download from elsewhere. What they do that matters is done below.
npm_flags=(--ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error)
vs=$dir/node_modules/code-server/lib/vscode
quietly npm install "${npm_flags[@]}"
(cd "$vs" && quietly npm install "${npm_flags[@]}" --no-save "tslib@$TSLIB")
(cd "$vs/extensions" && quietly npm ci "${npm_flags[@]}")

say "Workbench: compiling its native modules"
export JOBS=max npm_config_nodedir=$node_prefix npm_config_node_gyp=$gyp
(cd node_modules/argon2 && quietly node "$dir/node_modules/@mapbox/node-pre-gyp/bin/node-pre-gyp" rebuild --build-from-source)
for module in $NATIVE_MODULES; do
  (cd "$vs/node_modules/$module" && quietly node "$gyp" rebuild --release --nodedir="$node_prefix")
done

ln -sfn node_modules "$vs/node_modules.asar"
ln -sfn code-linux.sh "$vs/bin/remote-cli/code-server"
ln -sfn browser-linux.sh "$vs/bin/helpers/browser.sh"
mkdir -p "$vs/node_modules/@vscode/ripgrep/bin"
ln -sfn "$(command -v rg)" "$vs/node_modules/@vscode/ripgrep/bin/rg"
find node_modules -name '*.map' -type f -delete # 100 MB that nothing reads

cat >bin/code-server <<LAUNCHER
#!/bin/sh
exec "$(command -v node)" "$dir/node_modules/code-server/out/node/entry.js" "\$@"
LAUNCHER
chmod +x bin/code-server

for module in $NATIVE_MODULES @parcel/watcher; do
  node -e 'require(process.argv[1])' "$vs/node_modules/$module" || die "the workbench's module $module does not load"
done
printf '%s' "$want" >"$stamp"
say "Workbench: ready"
