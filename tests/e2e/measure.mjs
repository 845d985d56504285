// What the extension costs: its activation, and what an editor that is left alone takes of the processor. Run by hand, with the
// environment that ./test e2e sets (WORKBENCH_DIR, VSIX, SANDBOX_BIN):
//
//   node tests/e2e/measure.mjs [SECONDS]
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine } from './lib/deploying.mjs';
import { views } from './lib/views.mjs';
import { SLOW, Workbench } from './lib/workbench.mjs';

const SECONDS = Number(process.argv[2] ?? 60);
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
const state = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-sandbox-measure-'));
const run = (command, ...rest) => execFileSync(process.env.SANDBOX_BIN, [command, ...rest, '--state-dir', state], { encoding: 'utf8', timeout: 60_000 }).trim();
const sandbox = { up: () => run('up', '--parent', String(process.pid)) };
const settings = () => ({
  'gatewayLsp.kubeconfig': sandbox.up(),
  'gatewayLsp.clusters': [{ name: 'eks', context: 'sandbox-eks', label: 'Shop EKS' }, { name: 'gke', context: 'sandbox-gke', label: 'Shop GKE' }],
});
const vs = new Workbench({ files: ['samples/multi-cluster'], viewport: { width: 1440, height: 900 }, settings });
const { open, connect } = views(vs);

/** The process that runs the extensions of this workbench. */
function extensionHost() {
  const [pid] = fs.readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=extensionHost') && fs.readFileSync(`/proc/${pid}/environ`, 'utf8').includes(vs.server.home);
    } catch {
      return false; // ended meanwhile
    }
  });
  return Number(pid);
}

/** Seconds of processor time that a process has had, all threads of it. */
function used(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

async function idle(what, before = 15_000) {
  await sleep(before); // what was begun comes to its end
  const pids = { 'extension host': extensionHost(), server: vs.server.languageServers()[0] };
  const start = Object.fromEntries(Object.entries(pids).filter(([, pid]) => pid).map(([name, pid]) => [name, used(pid)]));
  await sleep(SECONDS * 1000);
  const parts = Object.entries(start).map(([name, from]) => `${name} ${(((used(pids[name]) - from) * 60) / SECONDS).toFixed(2)} s`);
  console.log(`idle, a minute, ${what}: ${parts.join(', ')}`);
}

async function activation() {
  const times = [];
  for (let i = 0; i < 5; i++) {
    await vs.page.reload();
    await vs.open('30-split.yaml');
    await vs.statusSays(/ready/);
    await vs.command('Developer: Show Running Extensions');
    const row = vs.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Gateway LSP' }).locator('.activation-time');
    await row.waitFor({ timeout: SLOW });
    times.push(Number(/(\d+)\s*ms/.exec(await row.innerText())?.[1]));
    await vs.command('View: Close All Editors');
  }
  console.log(`activation: ${times.join(', ')} ms`);
}

try {
  await vs.start();
  await idle('extension not activated');
  await activation();
  await vs.open('30-split.yaml');
  await vs.statusSays(/ready/);
  await idle('a manifest open, no cluster');
  commandLine(vs, sandbox).apply('', 'sandbox-eks', 'sandbox-gke');
  await open();
  await connect('Shop EKS', 'Shop GKE');
  await idle('two clusters connected, their view open');
  await vs.command('Explorer: Focus on Folders View');
  await idle('two clusters connected, their view closed');
} finally {
  await vs.stop();
  run('down');
  fs.rmSync(state, { recursive: true, force: true, maxRetries: 5 });
}
