import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

declare const __EXTENSION_DIR__: string;

interface Setting {
  description?: string;
  markdownDescription?: string;
  default: unknown;
  enum?: string[];
  enumDescriptions?: string[];
}

const read = (file: string) => fs.readFileSync(path.join(__EXTENSION_DIR__, file), 'utf8');
const texts: Record<string, string> = JSON.parse(read('package.nls.json'));
/** As an editor in English shows it. */
const manifest = JSON.parse(read('package.json'), (_, value) => (typeof value === 'string' ? value.replace(/^%(.+)%$/, (_whole, key: string) => texts[key] ?? `no text ${key}`) : value));
const commands: { command: string; title: string; category: string }[] = manifest.contributes.commands;
const settings: Record<string, Setting> = manifest.contributes.configuration.properties;
const protocol = read('../server/docs/protocol.md');
const rows = protocol.split('\n').map((line) => /^\| `(gatewayLsp\.[\w.]+)` \|(.*)\|$/.exec(line)).filter((m) => m !== null);
const documented = rows.map((m) => m[1]!);
const source = fs
  .readdirSync(path.join(__EXTENSION_DIR__, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => read(path.join('src', f)))
  .join('\n');

test('docs/protocol.md lists exactly the commands and settings of package.json', () => {
  const contributed = [...commands.map((c) => c.command), ...Object.keys(settings)];
  assert.deepEqual([...documented].sort(), contributed.sort());
});

test('docs/protocol.md gives the default of each setting', () => {
  for (const [name, setting] of Object.entries(settings)) {
    const [, fallback] = rows.find((m) => m[1] === name)![2]!.replaceAll('\\|', '/').split('|').map((cell) => cell.trim());
    assert.ok([JSON.stringify(setting.default), setting.default].some((d) => fallback === `\`${String(d)}\``), `${name}: ${fallback}`);
  }
});

test('each command that is contributed is registered, and the other way round', () => {
  const registered = [...source.matchAll(/export const [A-Z_]+ = '(gatewayLsp\.\w+)'/g)].map((m) => m[1]!);
  assert.deepEqual(registered.sort(), commands.map((c) => c.command).sort());
  for (const c of commands) assert.equal(c.category, 'Gateway LSP', c.command);
});

test('commands that need no editor are in the palette before the extension runs: they start it', () => {
  const palette: { command: string; when: string }[] = manifest.contributes.menus.commandPalette;
  const when = Object.fromEntries(palette.map((item) => [item.command, item.when]));
  for (const name of ['showTopology', 'restart', 'showLog', 'openSettings', 'reportIssue']) assert.equal(when[`gatewayLsp.${name}`], undefined, name);
  assert.equal(when['gatewayLsp.migrateWorkspace'], 'workspaceFolderCount != 0');
  for (const name of ['connect', 'apply', 'diff', 'refreshClusters', 'reachClusters']) assert.equal(when[`gatewayLsp.${name}`], 'isWorkspaceTrusted', name);
});

test('the explorer has our entries for every file that manifests are in, and for folders', () => {
  const items: { command: string; when: string }[] = manifest.contributes.menus['explorer/context'];
  const shown = (command: string, name: string, context: Record<string, boolean>) => {
    const when = items.find((item) => item.command === command)!.when;
    const terms = when.replace(/resourceExtname =~ \/(.*?[^\\])\/(?= |\)|$)/g, (_, pattern: string) => String(new RegExp(pattern).test(path.extname(name))))
      .replace(/resourceExtname == (\.\w+)/g, (_, ext: string) => String(path.extname(name) === ext))
      .replace(/resourceFilename == (\w+)/g, (_, file: string) => String(name === file))
      .replace(/gatewayLsp\.\w+|explorerResourceIsFolder/g, (key) => String(context[key] ?? false));
    assert.match(terms, /^[truefals()|& ]+$/, when);
    return new Function(`return ${terms};`)() as boolean;
  };
  const [ready, connected] = [{ 'gatewayLsp.ready': true }, { 'gatewayLsp.ready': true, 'gatewayLsp.connected': true }];
  for (const name of ['a.yaml', 'a.yml', 'kustomization.yaml', 'Kustomization', 'a.json']) {
    assert.ok(shown('gatewayLsp.showFileTopology', name, ready), name);
    for (const command of ['gatewayLsp.apply', 'gatewayLsp.diff']) {
      assert.ok(shown(command, name, connected), `${command} ${name}`);
      assert.ok(!shown(command, name, ready), `${command} ${name}`);
    }
  }
  // Before the extension runs nobody is to be asked about the JSON of others.
  for (const name of ['a.yaml', 'Kustomization']) assert.ok(shown('gatewayLsp.showFileTopology', name, {}), name);
  assert.ok(!shown('gatewayLsp.showFileTopology', 'package.json', {}));
  for (const name of ['a.txt', 'kustomization.txt']) for (const item of items) assert.ok(!shown(item.command, name, connected), `${item.command} ${name}`);
  assert.ok(shown('gatewayLsp.apply', 'folder', { ...connected, explorerResourceIsFolder: true }));
});

test('commands of the server are offered while it runs, and only those that make sense by themselves', () => {
  const palette: { command: string; when: string }[] = manifest.contributes.menus.commandPalette;
  const when = Object.fromEntries(palette.map((item) => [item.command, item.when]));
  assert.match(when['gatewayLsp.migrateFile']!, /^gatewayLsp\.ready && editorLangId == yaml$/);
  assert.match(when['gatewayLsp.trace']!, /^gatewayLsp\.ready && editorLangId == yaml$/);
  assert.deepEqual([when['gatewayLsp.select'], when['gatewayLsp.showReferences']], ['false', 'false']);
});

test('commands that lead to clusters are offered where they can do something', () => {
  const palette: { command: string; when: string }[] = manifest.contributes.menus.commandPalette;
  const when = Object.fromEntries(palette.map((item) => [item.command, item.when]));
  for (const name of ['disconnect', 'openLive', 'pullLive', 'rollback', 'failover', 'sendRequest']) assert.match(when[`gatewayLsp.${name}`]!, /^gatewayLsp\.ready && gatewayLsp\.connected/, name);
  for (const [place, items] of Object.entries<{ command: string; when?: string }[]>(manifest.contributes.menus)) {
    for (const item of items) {
      assert.ok(commands.some((c) => c.command === item.command), item.command);
      assert.ok(item.when, `${place}: ${item.command}`);
    }
  }
});

test('what is written by the Deploy view is named in the palette as what it is, an apply or the way back', () => {
  const when = (name: string) => manifest.contributes.menus.commandPalette.find((item: { command: string }) => item.command === name).when;
  assert.equal(when('gatewayLsp.deployApply'), 'gatewayLsp.deployPhase == planned && !gatewayLsp.deployIsRollback');
  assert.equal(when('gatewayLsp.deployRollback'), 'gatewayLsp.deployPhase == planned && gatewayLsp.deployIsRollback');
});

test('the Clusters view says that the server starts while it does, and that it does not run only then', () => {
  const said = (keys: Record<string, boolean>) => (manifest.contributes.viewsWelcome as { view: string; contents: string; when: string }[])
    .filter((one) => one.view === 'gatewayLsp.clusters' && (new Function(`return ${one.when.replace(/[a-zA-Z][\w.]*/g, (key) => String(keys[key] ?? false))};`)() as boolean))
    .map((one) => one.contents.split('\n')[0]);
  assert.deepEqual(said({ isWorkspaceTrusted: true, 'gatewayLsp.starting': true }), ['The language server is starting.']);
  assert.deepEqual(said({ isWorkspaceTrusted: true }), ['The language server is not running.']);
  assert.deepEqual(said({ isWorkspaceTrusted: true, 'gatewayLsp.ready': true }), []);
});

test('a row of the history offers the way back from that apply, not from the last one', () => {
  const items: { command: string; when: string }[] = manifest.contributes.menus['view/item/context'].filter((item: { when: string }) => item.when.includes('gatewayLsp.history'));
  const title = (name: string) => commands.find((one) => one.command === name)!.title;
  assert.deepEqual(items.map((item) => title(item.command)), ['Roll Back This Apply…', 'Roll Back This Apply…']);
  const when = new RegExp(/viewItem =~ \/(.*)\/$/.exec(items[0]!.when)![1]!);
  assert.deepEqual(['entry.undoable', 'entry.unfinished.undoable', 'entry', 'entry.unfinished'].map((context) => when.test(context)), [true, true, false, false]);
});

test('no keys are taken by default', () => assert.equal(manifest.contributes.keybindings, undefined));

test('views, their pictures and those of the walkthrough are there', () => {
  for (const view of manifest.contributes.views.gatewayLsp) assert.ok(source.includes(`\`\${SECTION}.${view.id.split('.')[1]}\``), view.id);
  const pictures: string[] = [manifest.contributes.viewsContainers.activitybar[0].icon, ...manifest.contributes.walkthroughs[0].steps.map((step: { media: { image: string } }) => step.media.image)];
  for (const provider of ['eks', 'gke', 'other']) for (const state of ['', '-connected']) for (const theme of ['light', 'dark']) pictures.push(`images/clusters/${provider}${state}-${theme}.svg`);
  for (const picture of pictures) assert.ok(fs.statSync(path.join(__EXTENSION_DIR__, picture)).size < 200_000, picture);
});

test('each setting is described, each choice too', () => {
  for (const [name, s] of Object.entries(settings)) {
    assert.match(s.markdownDescription ?? s.description ?? '', /^[A-Z].*[.]$/s, name);
    if (s.enum && s.enum.length > 1) assert.equal(s.enumDescriptions?.length, s.enum.length, name);
  }
});

test('a workspace that is not trusted cannot choose the process to start', () => {
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['gatewayLsp.server.path', 'gatewayLsp.kubeconfig', 'gatewayLsp.plugins.path']);
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
});

test('nothing is taken from other YAML extensions', () => {
  // Kustomize takes a file of this name too, and no editor knows it as YAML by itself.
  assert.deepEqual(manifest.contributes.languages, [{ id: 'yaml', filenames: ['Kustomization'] }]);
  for (const point of ['grammars', 'configurationDefaults', 'yamlValidation']) {
    assert.equal(manifest.contributes[point], undefined, point);
  }
  assert.deepEqual(manifest.activationEvents, ['onLanguage:yaml', 'onWebviewPanel:gatewayLsp.topology']);
});

test('docs/editors.md shows the set-up for Neovim that is tested', () => {
  assert.ok(read('../server/docs/editors.md').includes(`\`\`\`lua\n${read('../tests/neovim/gateway-lsp.lua')}\`\`\``));
});

test('packages are pinned, and the lock file names no download address', () => {
  for (const version of Object.values<string>(manifest.devDependencies)) assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.doesNotMatch(read('package-lock.json'), /"resolved"/);
});

test('the bundle is small and carries the licences of what is in it', () => {
  assert.ok(fs.statSync(path.join(__EXTENSION_DIR__, 'dist/extension.js')).size < 600_000);
  assert.match(read('dist/THIRD-PARTY-NOTICES.txt'), /vscode-languageclient/);
  assert.match(read('dist/THIRD-PARTY-NOTICES.txt'), /dagre/);
  for (const file of ['topology.js', 'topology.css', 'layout.js']) assert.ok(fs.statSync(path.join(__EXTENSION_DIR__, 'dist/webview', file)).size < 120_000, file);
});

test('settings that only fit one machine are not synchronised, nor is what is remembered', () => {
  const own = Object.entries(settings).filter(([, s]) => (s as { scope?: string }).scope?.startsWith('machine')).map(([name]) => name);
  assert.deepEqual(own, ['gatewayLsp.kubeconfig', 'gatewayLsp.plugins.path', 'gatewayLsp.server.path']);
  assert.doesNotMatch(source, /setKeysForSync|globalState/);
});
