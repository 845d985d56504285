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
function clientOf(
  start: (server: () => Promise<unknown>, closed: () => void) => Promise<void>,
  { dispose = () => Promise.resolve(), answer = (method) => Promise.resolve(`answer to ${method}`) }: { dispose?: () => Promise<void>; answer?: (method: string) => Promise<string> } = {},
): { module: Module; asked: string[] } {
  const asked: string[] = [];
  const createClient = (server: () => Promise<unknown>, _pages: string, _channels: Channels, closed: () => void) => ({
    start: () => start(server, closed),
    dispose,
    onNotification: () => undefined,
    sendRequest: (method: string) => {
      asked.push(method);
      return answer(method);
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

test('what is asked while the old server of a restart still ends waits for the new one', async () => {
  seen.settings.set('gatewayLsp.server.path', script('good', '#!/bin/sh\n'));
  let gone: (() => void) | undefined;
  const { module, asked } = clientOf(() => Promise.resolve(), { dispose: () => new Promise((resolve) => (gone = resolve)) });
  const controller = new ServerController('/ext', channels, () => Promise.resolve(module));
  await controller.start();
  const restarted = controller.restart();
  while (!gone) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(controller.state.kind, 'starting');
  const answer = controller.ask('between', {});
  assert.deepEqual(asked, []);
  gone();
  assert.equal(await answer, 'answer to between');
  await restarted;
  controller.dispose();
});

test('what a server that crashed did not answer is said plainly; what is asked after that waits for the next server', async () => {
  seen.settings.set('gatewayLsp.server.path', script('good', '#!/bin/sh\n'));
  const crashes: (() => void)[] = [];
  let fail: ((e: Error) => void) | undefined;
  const { module, asked } = clientOf((_server, closed) => Promise.resolve(void crashes.push(closed)), {
    answer: (method) => (method === 'under way' ? new Promise((_, reject) => (fail = reject)) : Promise.resolve(`answer to ${method}`)),
  });
  const controller = new ServerController('/ext', channels, () => Promise.resolve(module));
  await controller.start();
  const underWay = controller.ask('under way', {});
  crashes[0]!();
  const after = controller.ask('after', {});
  fail!(new Error('Pending response rejected since connection got disposed'));
  await assert.rejects(underWay, /^Error: The language server ended before it answered\. Try again when it is ready\.$/);
  assert.deepEqual(asked, ['under way']);
  assert.equal(await after, 'answer to after');
  assert.equal(crashes.length, 2);
  controller.dispose();
});

test('a server that ends with the window is not started again', async () => {
  seen.settings.set('gatewayLsp.server.path', script('good', '#!/bin/sh\n'));
  const crashes: (() => void)[] = [];
  const { module } = clientOf((_server, closed) => Promise.resolve(void crashes.push(closed)));
  const controller = new ServerController('/ext', channels, () => Promise.resolve(module));
  await controller.start();
  log.length = 0;
  controller.dispose();
  crashes[0]!();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(log, []);
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
