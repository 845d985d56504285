import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Uri } from 'vscode';
import { PAST, PlanDocuments } from '../src/features/deploy/documents';
import { registerMigrationCommands } from '../src/features/migration/commands';
import { forget, seen, window } from './stubs/vscode';

beforeEach(forget);

const ROUTE = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace: 'demo', name: 'split', before: 'weight: 1\n', after: 'weight: 2\n' };
const sides = () => seen.executed.at(-1)!.slice(1, 4) as [Uri, Uri, string];

test('after an apply the live side of differences is what was written; the history stays as it was', async () => {
  const documents = new PlanDocuments();
  const changed: string[] = [];
  documents.onDidChange((uri) => changed.push(uri.path));
  await documents.open('p1', 'east', ROUTE, 'live ↔ planned');
  const [live, planned, title] = sides();
  assert.equal(title, 'HTTPRoute demo/split: east, live ↔ planned');
  await documents.open('p1', 'west', ROUTE, 'live ↔ planned');
  const [other] = sides();
  await documents.open('a0', 'east', ROUTE, 'before ↔ after', PAST);
  const [past] = sides();
  const text = (uri: Uri) => documents.provideTextDocumentContent(uri);
  assert.deepEqual([live, planned, other, past].map(text), ['weight: 1\n', 'weight: 2\n', 'weight: 1\n', 'weight: 1\n']);

  documents.written('east', ROUTE);
  assert.deepEqual([live, planned, other, past].map(text), ['weight: 2\n', 'weight: 2\n', 'weight: 1\n', 'weight: 1\n']);
  assert.deepEqual(changed, [live.path]);
  documents.written('east', ROUTE);
  assert.equal(changed.length, 1);
});

test('commands of the server are there before it is, and go to it with their place', async () => {
  const asked: unknown[] = [];
  const registered = registerMigrationCommands((method, params) => {
    asked.push([method, params]);
    return Promise.resolve(null);
  });
  assert.deepEqual([...seen.commands.keys()], ['gatewayLsp.migrateFile', 'gatewayLsp.migrateWorkspace', 'gatewayLsp.select']);
  const run = (name: string) => seen.commands.get(name)!();
  await run('gatewayLsp.migrateWorkspace');
  window.activeTextEditor = { document: { uri: 'file:///w/a.yaml' } };
  await run('gatewayLsp.migrateFile');
  assert.deepEqual(asked, [
    ['workspace/executeCommand', { command: 'gatewayLsp.migrateWorkspace', arguments: [] }],
    ['workspace/executeCommand', { command: 'gatewayLsp.migrateFile', arguments: [{ uri: 'file:///w/a.yaml' }] }],
  ]);
  registered.dispose();
  assert.equal(seen.commands.size, 0);
});

test('what goes wrong in a command of the server is told', async () => {
  registerMigrationCommands(() => Promise.reject(new Error('The language server is not running.')));
  await seen.commands.get('gatewayLsp.migrateWorkspace')!();
  assert.deepEqual(seen.errors, [{ message: 'Gateway LSP: The language server is not running.', actions: [] }]);
});
