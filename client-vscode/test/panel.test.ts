import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Memento, Uri, WebviewPanel } from 'vscode';
import type { ClusterController } from '../src/features/clusters';
import type { ServerController } from '../src/features/server';
import type { ServerState } from '../src/features/server/protocol';
import type { FromWebview, ToWebview, View } from '../src/features/topology/messages';
import { TopologyPanel } from '../src/features/topology/panel';
import { CHANGED_METHOD, type TopologyChange, type TopologyNode } from '../src/features/topology/protocol';
import { Views } from '../src/features/topology/views';
import { EventEmitter, forget, Uri as StubUri } from './stubs/vscode';

beforeEach(forget);

const node = (id: string): TopologyNode => ({ id, kind: 'route', index: 0, label: id, detail: '', cluster: '', namespace: '', network: '', presence: 'present', state: 'ok', reasons: [], facts: [] });

function open() {
  const sent: ToWebview[] = [];
  const asked: [string, { subscription: string; scope?: string; uri?: string }][] = [];
  const [messages, states, disposed] = [new EventEmitter<FromWebview>(), new EventEmitter<ServerState>(), new EventEmitter<void>()];
  let told: ((change: TopologyChange) => void) | undefined;
  let refusal: Error | undefined;
  const server = {
    state: { kind: 'ready', version: undefined } as ServerState,
    ask: (method: string, params: never) => {
      asked.push([method.split('/').pop()!, params]);
      return refusal && method.endsWith('/subscribe') ? Promise.reject(refusal) : Promise.resolve(null);
    },
    onNotification: (method: string, handler: (change: TopologyChange) => void) => {
      assert.equal(method, CHANGED_METHOD);
      told = handler;
      return { dispose: () => undefined };
    },
    onDidChangeState: states.event,
  };
  const panel = {
    title: '',
    webview: { asWebviewUri: (uri: unknown) => uri, cspSource: '', postMessage: (message: ToWebview) => sent.push(message), onDidReceiveMessage: messages.event },
    onDidDispose: disposed.event,
    reveal: () => undefined,
  };
  const kept = new Map<string, unknown>();
  const memory = { get: (key: string, fallback: unknown) => kept.get(key) ?? fallback, update: (key: string, value: unknown) => void kept.set(key, value) };
  const clusters = { connected: [], onDidChange: new EventEmitter<void>().event };
  const made = new TopologyPanel(panel as unknown as WebviewPanel, StubUri.file('/ext') as unknown as Uri, server as unknown as ServerController, clusters as unknown as ClusterController, new Views(memory as unknown as Memento), { scope: 'workspace' }, () => undefined);
  const last = () => asked.filter(([method]) => method === 'subscribe').pop()![1];
  return { made, panel, server, sent, asked, messages, states, last, tell: (change: TopologyChange) => told!(change), refuse: (error: Error) => (refusal = error) };
}

test('what is still told of the view before comes into none that follows', async () => {
  const { made, panel, sent, asked, messages, last, tell } = open();
  messages.fire({ type: 'ready' });
  await Promise.resolve();
  const whole = last().subscription;
  tell({ subscription: whole, version: 1, nodes: [node('whole')], edges: [] });
  assert.equal(sent.filter((one) => one.type === 'graph').length, 1);

  made.show({ scope: 'file', uri: 'file:///w/a.yaml' });
  assert.equal(panel.title, 'Topology: a.yaml');
  const file = last();
  assert.notEqual(file.subscription, whole);
  assert.deepEqual(asked.at(-1), ['unsubscribe', { subscription: whole }]);
  tell({ subscription: whole, version: 2, nodes: [node('late')], edges: [] });
  tell({ subscription: whole, version: 2, fromVersion: 1, patches: [{ op: 'nodeRemoved', id: 'whole' }] });
  assert.equal(sent.filter((one) => one.type !== 'targets').length, 1);
  tell({ subscription: file.subscription, version: 2, nodes: [node('own')], edges: [] });
  const shown = sent.at(-1)!;
  assert.ok(shown.type === 'graph');
  assert.deepEqual([shown.about, shown.graph.nodes.map((one) => one.id)], ['a.yaml', ['own']]);
  made.dispose();
  assert.deepEqual(asked.at(-1), ['unsubscribe', { subscription: file.subscription }]);
});

test('marks of an apply are not laid over another view', async () => {
  const { made, sent, messages, last, tell } = open();
  messages.fire({ type: 'ready' });
  await Promise.resolve();
  made.show({ scope: 'workspace', source: 'live', before: { nodes: [node('old')], edges: [] } });
  tell({ subscription: last().subscription, version: 1, nodes: [node('new')], edges: [] });
  const marks = (one: ToWebview | undefined) => (one?.type === 'graph' ? one.graph.nodes.map(({ id, mark }) => `${id} ${mark}`) : []);
  assert.deepEqual(marks(sent.at(-1)), ['new added', 'old removed']);
  messages.fire({ type: 'source', source: 'planned', contexts: [] });
  tell({ subscription: last().subscription, version: 1, nodes: [node('plan')], edges: [] });
  assert.deepEqual(marks(sent.at(-1)), ['plan undefined']);
  tell({ subscription: last().subscription, version: 2, fromVersion: 1, patches: [{ op: 'nodeRemoved', id: 'plan' }] });
  assert.deepEqual(sent.at(-1), { type: 'patches', patches: [{ op: 'nodeRemoved', id: 'plan' }] });
});

test('a view that the server refuses is told of, and one that is starting is asked later', async () => {
  const { made, server, sent, asked, messages, states, refuse } = open();
  server.state = { kind: 'starting' };
  messages.fire({ type: 'ready' });
  await Promise.resolve();
  assert.equal(asked.length, 0);
  server.state = { kind: 'ready', version: undefined };
  states.fire(server.state);
  assert.deepEqual(asked.map(([method]) => method), ['subscribe']);
  refuse(new Error('There is no object here.'));
  made.show({ scope: 'object', uri: 'file:///w/a.yaml', position: { line: 0, character: 0 } });
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepEqual(sent.at(-1), { type: 'problem', message: 'There is no object here.' });
});

test('a drawing is seen as the user left it, each by itself', async () => {
  const { made, sent, messages, last, tell } = open();
  messages.fire({ type: 'ready' });
  await Promise.resolve();
  const view = () => {
    tell({ subscription: last().subscription, version: 1, nodes: [node('a')], edges: [] });
    const shown = sent.at(-1)!;
    return shown.type === 'graph' ? shown.view : undefined;
  };
  assert.equal(view(), undefined);
  const left: View = { x: -40, y: 10, scale: 0.8, by: 'hand' };
  messages.fire({ type: 'view', about: '', source: 'planned', view: left });
  made.show({ scope: 'file', uri: 'file:///w/a.yaml' });
  assert.equal(view(), undefined);
  made.show({ scope: 'workspace', source: 'live' });
  assert.equal(view(), undefined);
  made.show({ scope: 'workspace' });
  assert.deepEqual(view(), left);
});
