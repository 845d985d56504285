import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, beforeEach, test } from 'node:test';
import type { Channels } from '../src/features/log';
import { ServerController } from '../src/features/server';
import type { ServerState } from '../src/features/server/protocol';
import { forget, seen } from './stubs/vscode';

type Load = ConstructorParameters<typeof ServerController>[2];
type Module = Awaited<ReturnType<NonNullable<Load>>>;

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-lsp-test-'));
after(() => fs.rmSync(dir, { recursive: true, force: true }));
beforeEach(forget);

const log: string[] = [];
const line = (text: string) => void log.push(text);
const channels = { info: line, warn: line, error: line } as unknown as Channels;

function script(name: string, text: string): string {
  const file = path.join(dir, name);
  fs.writeFileSync(file, text, { mode: 0o755 });
  return file;
}

/** A client whose server is ready when it is told to be. */
function clientOf(start: (server: () => Promise<unknown>, closed: () => void) => Promise<void>): { module: Module; asked: string[] } {
  const asked: string[] = [];
  const createClient = (server: () => Promise<unknown>, _pages: string, _channels: Channels, closed: () => void) => ({
    start: () => start(server, closed),
    dispose: () => Promise.resolve(),
    onNotification: () => undefined,
    sendRequest: (method: string) => {
      asked.push(method);
      return Promise.resolve(`answer to ${method}`);
    },
    initializeResult: { serverInfo: { version: '1.2.3' } },
  });
  return { module: { createClient, WORK_DONE: {} } as unknown as Module, asked };
}

const ACTIONS = ['Restart', 'Show Log', 'Open Settings'];
const states = (controller: ServerController) => {
  const all: ServerState['kind'][] = [];
  controller.onDidChangeState((state) => all.push(state.kind));
  return all;
};

test('a client that cannot be loaded is told with what can be done, and nobody waits for it', async () => {
  seen.settings.set('gatewayLsp.server.path', script('good', '#!/bin/sh\n'));
  const controller = new ServerController('/ext', channels, () => Promise.reject(new Error('no module')));
  const waiting = controller.start();
  await waiting;
  assert.deepEqual(controller.state, { kind: 'failed', reason: 'The language client could not be loaded: no module' });
  assert.deepEqual(seen.errors, [{ message: 'Gateway LSP: The language client could not be loaded: no module', actions: ACTIONS }]);
  assert.equal(seen.contexts.get('gatewayLsp.ready'), false);
  await assert.rejects(controller.ask('gatewayLsp/contexts', {}), /could not be loaded: no module/);
  controller.dispose();
});

test('what is asked while the server starts waits for it, also through a restart', async () => {
  seen.settings.set('gatewayLsp.server.path', script('good', '#!/bin/sh\n'));
  let ready: (() => void) | undefined;
  const { module, asked } = clientOf(() => new Promise((resolve) => (ready = resolve)));
  const controller = new ServerController('/ext', channels, () => Promise.resolve(module));
  await assert.rejects(controller.ask('before', {}), /not running/);
  const started = controller.start();
  const until = async () => {
    while (!ready) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await until();
  const first = controller.ask('first', {});
  assert.deepEqual(asked, []);
  ready!();
  assert.equal(await first, 'answer to first');
  await started;

  const kinds = states(controller);
  ready = undefined;
  const restarted = controller.restart();
  await until();
  const second = controller.ask('second', {});
  ready!();
  assert.equal(await second, 'answer to second');
  await restarted;
  assert.deepEqual(kinds, ['starting', 'starting', 'ready']);
  controller.dispose();
});

test('without .NET the user is told which runtime is needed and where it is, and nothing is tried again', { skip: process.platform === 'win32' }, async () => {
  const needsRuntime = script('portable', "#!/bin/sh\necho 'You must install .NET to run this application.' >&2\necho >&2\necho 'Architecture: arm64' >&2\nexit 131\n");
  seen.settings.set('gatewayLsp.server.path', needsRuntime);
  seen.choice = 'Get .NET';
  let starts = 0;
  const { module } = clientOf(async (server, closed) => {
    starts++;
    const child = (await server()) as ReturnType<typeof spawn>;
    await new Promise((resolve) => child.once('exit', resolve));
    closed();
    throw new Error('The server ended.');
  });
  const controller = new ServerController('/ext', channels, () => Promise.resolve(module));
  const failed = new Promise<ServerState>((resolve) => controller.onDidChangeState((state) => state.kind === 'failed' && resolve(state)));
  await controller.start();
  const state = await failed;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(state.kind === 'failed');
  assert.match(state.reason, /needs the \.NET 10 Runtime \(arm64\), which is not installed/);
  assert.deepEqual(seen.errors.map((one) => one.actions), [['Get .NET', ...ACTIONS]]);
  assert.deepEqual(seen.opened, ['https:///download/dotnet']);
  assert.equal(starts, 1);
  controller.dispose();
});
