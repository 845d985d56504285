// A code-server of its own for one spec file: own settings, extensions and workspace under a temporary folder.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { until } from './until.mjs';

const repo = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'editor.minimap.enabled': false,
  'editor.wordBasedSuggestions': 'off',
  'editor.accessibilitySupport': 'off',
  'editor.cursorBlinking': 'solid',
  'files.autoSave': 'off',
  'git.enabled': false,
};

/** Without the question at the start: the folder stays untrusted until the user says otherwise. */
const TRUST = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };

async function freePort() {
  const s = net.createServer().listen(0, '127.0.0.1');
  await new Promise((r) => s.once('listening', r));
  const { port } = s.address();
  await new Promise((r) => s.close(r));
  return port;
}

/**
 * Starts the workbench's server with the extension installed, on a workspace with copies of those folders and with those settings.
 * @param trust folders have to be trusted first, as VS Code has it unless told otherwise
 */
export async function startServer({ workbenchDir, vsix, files = ['tests/e2e/fixtures', 'samples/hello'], settings = () => ({}), trust = false }) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-lsp-e2e-'));
  const workspace = path.join(root, 'workspace');
  const user = path.join(root, 'user');
  const extensions = path.join(root, 'extensions');
  for (const dir of [workspace, path.join(user, 'User'), extensions]) fs.mkdirSync(dir, { recursive: true });
  for (const folder of files) fs.cpSync(path.join(repo, folder), workspace, { recursive: true });
  fs.writeFileSync(path.join(user, 'User/settings.json'), JSON.stringify(trust ? { ...SETTINGS, ...TRUST } : SETTINGS));
  fs.mkdirSync(path.join(workspace, '.vscode'));
  // In one go: an editor that reads a file half written takes it for settings that are gone.
  const writeSettings = (settings) => {
    const [whole, part] = ['settings.json', 'settings.json.part'].map((name) => path.join(workspace, '.vscode', name));
    fs.writeFileSync(part, JSON.stringify(settings));
    fs.renameSync(part, whole);
  };
  writeSettings(settings());

  const codeServer = path.join(workbenchDir, 'bin/code-server');
  const common = ['--config', path.join(root, 'config.yaml'), '--user-data-dir', user, '--extensions-dir', extensions];
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}', HOME: root, XDG_CONFIG_HOME: root, XDG_DATA_HOME: root };
  for (const name of Object.keys(env)) if (/^(VSCODE_|NODE_TEST_CONTEXT|NODE_OPTIONS|PORT$|KUBECONFIG$)/.test(name)) delete env[name];
  execFileSync(codeServer, [...common, '--install-extension', vsix, '--force'], { env, stdio: 'pipe', timeout: 60_000 });

  const port = await freePort();
  const log = fs.openSync(path.join(root, 'server.log'), 'w');
  const child = spawn(
    codeServer,
    [...common, '--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check',
      ...(trust ? [] : ['--disable-workspace-trust']), '--disable-getting-started-override', '--disable-proxy'],
    { env, stdio: ['ignore', log, log], detached: true }, // a process group of its own, to be ended as one
  );
  const killGroup = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // all gone already
    }
  };
  process.once('exit', killGroup);
  const base = `http://127.0.0.1:${port}`;
  await until('code-server answers', async () => (await fetch(`${base}/healthz`).catch(() => null))?.ok, 30_000);

  return {
    base,
    workspace,
    extensions,
    /** The home folder of the user. */
    home: root,
    /** Replaces the settings of the workspace. */
    writeSettings,
    /** The pids of the language servers that this workbench started. */
    languageServers: () => processesUnder(extensions),
    async stop(keep) {
      if (child.exitCode === null) {
        const gone = new Promise((r) => child.once('exit', r));
        child.kill('SIGTERM');
        await Promise.race([gone, sleep(10_000, undefined, { ref: false })]);
      }
      killGroup();
      if (keep) console.log(`# kept for a look: ${root}`);
      else fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Pids whose command line names the server executable under a folder. */
function processesUnder(dir) {
  return fs.readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const [command = ''] = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter((a) => a.includes('gateway-lsp'));
      return command.startsWith(dir) && command.includes('/server/gateway-lsp');
    } catch {
      return false; // ended meanwhile
    }
  }).map(Number);
}
