import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badFiles } from '../src/features/clusters/badFiles';
import { clusterNews, objectNews } from '../src/features/clusters/changes';
import { describe, fenced, plain } from '../src/features/clusters/describe';
import type { Cluster, Context, LiveObject } from '../src/features/clusters/protocol';
import { ago, clusterRows, type ClustersState } from '../src/features/clusters/rows';
import { statusBarView } from '../src/features/clusters/statusBar';
import { appended, documentAt, fileName, section } from '../src/features/clusters/yaml';
import type { Node } from '../src/features/tree/node';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const EKS: Context = { name: 'arn:eks', provider: 'eks', label: 'Shop', cluster: 'shop.eks', protected: true, connected: false };
const at = { uri: 'file:///w/a.yaml', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } };
const count = (ok = 0, bad = 0, pending = 0) => ({ ok, bad, pending });
const cluster = (more: Partial<Cluster> = {}): Cluster => ({
  context: 'arn:eks', label: 'Shop', provider: 'eks', protected: false, state: 'connected', version: 'v1.34.1', gatewayApi: { version: '1.4', channel: 'standard' },
  health: { gateways: count(1), routes: count(2, 1) }, unreadable: [], ...more,
});
const live = (kind: string, name: string, more: Partial<LiveObject> = {}): LiveObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1', kind, namespace: 'demo', name, state: 'ok', summary: '', addresses: [], ...more,
});
const state = (clusters: Cluster[], objects: LiveObject[] = [], contexts: Context[] = [EKS], problems: string[] = []): ClustersState => ({
  contexts, clusters: new Map(clusters.map((one) => [one.context, one])), objects: new Map(clusters.map((one) => [one.context, objects])), problems,
});
const outline = (rows: readonly Node[], indent = ''): string[] =>
  rows.flatMap((row) => [`${indent}${[row.label, row.description].filter(Boolean).join(' | ')}`, ...outline(row.children ?? [], `${indent}  `)]);

test('objects of a cluster that is lost are how they were, and nothing of them is green', () => {
  const objects = [live('Gateway', 'edge'), live('HTTPRoute', 'cart', { state: 'bad' })];
  for (const [one, colours] of [[cluster(), 2], [cluster({ state: 'stale' }), 0]] as const) {
    const [demo] = clusterRows(state([one], objects), NOW)[0]!.children!;
    assert.equal(demo!.children!.filter((row) => row.icon && 'id' in row.icon && row.icon.color !== undefined).length, colours);
    assert.equal(demo!.children![0]!.spoken, colours > 0 ? 'Gateway edge, healthy' : 'Gateway edge, Last state: healthy');
    assert.match(demo!.children![1]!.tooltip!, colours > 0 ? /^not healthy$/m : /^Last state: not healthy$/m);
  }
});

test('a protected cluster is read out as such, connected or not', () => {
  assert.equal(clusterRows(state([]), NOW)[0]!.spoken, 'Shop, EKS, protected, Not connected.');
  assert.match(clusterRows(state([cluster({ protected: true })]), NOW)[0]!.spoken!, /^Shop, EKS, connected, protected, /);
});

test('a context that is not connected says what it is', () => {
  const [row] = clusterRows(state([], [], [{ ...EKS, reachable: false, reason: 'no route to host' }]), NOW);
  assert.deepEqual(outline([row!]), ['Shop | EKS · does not answer · protected']);
  assert.equal(row!.context, 'context');
  assert.match(row!.tooltip!, /arn:eks\n.*\nno route to host\nNot connected\./);
});

test('a connected cluster has its objects by namespace, in the order of traffic', () => {
  const rows = clusterRows(
    state([cluster()], [
      live('Service', 'cart', { apiVersion: 'v1', summary: '2 ready endpoints' }),
      live('HTTPRoute', 'cart', { state: 'bad', summary: 'not accepted' }),
      live('Gateway', 'edge', { addresses: ['10.0.0.1'] }),
      live('GatewayClass', 'istio', { namespace: '' }),
    ]),
    NOW,
  );
  assert.deepEqual(outline(rows), [
    'Shop | EKS · v1.34.1 · Gateway API 1.4 standard',
    '  Whole cluster',
    '    istio | GatewayClass',
    '  demo | 1 not healthy',
    '    edge | Gateway · 10.0.0.1',
    '    cart | HTTPRoute · not accepted',
    '    cart | Service · 2 ready endpoints',
  ]);
  const demo = rows[0]!.children![1]!.children!;
  assert.deepEqual(demo.map((row) => row.context), ['live.Gateway.address', 'live.HTTPRoute', 'live.Service']);
  assert.equal(demo[1]!.spoken, 'HTTPRoute cart, not healthy, not accepted');
  assert.equal(new Set(demo.map((row) => row.id)).size, 3);
});

test('a cluster that does not answer says why, since when and what helps; what may not be read is said', () => {
  const lost = cluster({ state: 'stale', reason: 'Connection refused.', hint: 'Is the VPN on?', lastSeen: '2026-01-02T03:01:05Z', unreadable: ['Secrets of all namespaces'] });
  assert.deepEqual(outline(clusterRows(state([lost]), NOW)), [
    'Shop | EKS · does not answer, last seen 3 min ago · v1.34.1 · Gateway API 1.4 standard',
    '  Connection refused. | Is the VPN on?',
    '  Secrets of all namespaces',
  ]);
});

test('a context that left the kubeconfig stays while it is connected, and problems of the files are shown', () => {
  assert.deepEqual(outline(clusterRows(state([cluster({ version: null, gatewayApi: null })], [], [], ['config: not YAML']), NOW)), ['Shop | EKS', '  No Gateways or routes', 'config: not YAML']);
});

test('times are said in the largest unit that says something', () => {
  assert.deepEqual(['2026-01-02T03:04:00Z', '2026-01-02T02:04:05Z', '2026-01-01T03:04:05Z', '2026-01-02T03:05:05Z', 'x'].map((then) => ago(then, NOW)), ['5 s ago', '1 h ago', '1 d ago', '0 s ago', '']);
});

test('a loss and a return are told once, a first look is no news', () => {
  const before = new Map([['arn:eks', cluster()]]);
  const gone = cluster({ state: 'stale', reason: 'Connection refused.' });
  assert.deepEqual(clusterNews(before, [gone]).map((one) => [one.severity, one.message, one.isLoss]), [['warning', 'Shop does not answer any more. Connection refused.', true]]);
  assert.deepEqual(clusterNews(new Map([['arn:eks', gone]]), [gone]), []);
  assert.deepEqual(clusterNews(new Map([['arn:eks', gone]]), [cluster()]).map((one) => one.message), ['Shop answers again.']);
  assert.deepEqual(clusterNews(new Map(), [gone]), []);
});

test('objects that fall ill are told in one message', () => {
  const before = [live('HTTPRoute', 'a'), live('Service', 'b', { apiVersion: 'v1' }), live('Gateway', 'c', { state: 'pending' })];
  const after = [live('HTTPRoute', 'a', { state: 'bad', summary: 'no ready endpoints' }), live('Service', 'b', { apiVersion: 'v1', state: 'bad' }), live('Gateway', 'c', { state: 'bad' })];
  const news = objectNews(cluster(), before, after)!;
  assert.equal(news.message, 'Shop: HTTPRoute demo/a (no ready endpoints) and 1 more are not healthy any more.');
  assert.equal(news.isLoss, true);
  assert.equal(objectNews(cluster(), after, after), undefined);
});

test('the status bar names the targets and warns when one is not well', () => {
  assert.equal(statusBarView([], NOW), undefined);
  const well = statusBarView([cluster({ health: { gateways: count(1), routes: count(0) } })], NOW)!;
  assert.deepEqual([well.text, well.isWarning, well.tooltip], ['$(server-environment) Shop', false, 'Gateway LSP: targets\nShop: 1 Gateway']);
  assert.equal(statusBarView([cluster()], NOW)!.isWarning, true);
  assert.equal(statusBarView([cluster(), cluster(), cluster({ state: 'unreachable' })], NOW)!.text, '$(warning) 3 clusters');
});

test('files with objects that are not well are marked, with which and where', () => {
  const seen = [{ label: 'Shop', objects: [live('HTTPRoute', 'a', { state: 'bad', summary: 'not accepted', location: at }), live('Gateway', 'b', { location: at })] }];
  assert.deepEqual([...badFiles(seen, (uri) => uri)], [['file:///w/a.yaml', ['HTTPRoute demo/a, Shop: not accepted']]]);
});

test('a document is found among others of a file', () => {
  const text = '# head\n---\na: 1\n---\nb: 2\nc: 3\n---\n';
  assert.deepEqual(documentAt(text, 5), { start: 4, end: 6, text: 'b: 2\nc: 3\n', isAll: false });
  assert.equal(documentAt('---\n# note\nb: 2\n', 2).isAll, true);
  assert.equal(documentAt('a: 1\n--- # x\nb: 2', 0).text, 'a: 1\n');
});

test('a part of a YAML text is taken by its key', () => {
  assert.equal(section('kind: A\nstatus:\n  x: 1\n\n  y: 2\nspec: {}\n', 'status'), 'status:\n  x: 1\n\n  y: 2\n');
  assert.equal(section('kind: A\n', 'status'), '');
});

test('names of files and additions to files are clean', () => {
  assert.equal(fileName({ kind: 'HTTPRoute', namespace: 'a/../b', name: 'c:d' }), 'a-..-b-httproute-c-d.yaml');
  assert.equal(appended('a: 1\n\n', 'b: 2\n'), 'a: 1\n---\nb: 2\n');
  assert.equal(appended('\n', 'b: 2\n'), 'b: 2\n');
});

test('what a cluster says is never markup', () => {
  assert.equal(plain('[x](command:evil) <b>|'), '\\[x\\]\\(command:evil\\) \\<b\\>\\|');
  assert.equal(fenced('a\n```\nb', 'yaml'), '````yaml\na\n```\nb\n````');
  const text = describe(live('HTTPRoute', 'a', { state: 'bad', summary: 'not accepted' }), 'Shop', 'kind: HTTPRoute\nmetadata:\n  name: a\nspec: {}\nstatus:\n  parents: []\n');
  assert.match(text, /^# HTTPRoute demo\/a\n/);
  assert.match(text, /\| State \| ✗ not healthy: not accepted \|/);
  assert.match(text, /```yaml\nstatus:\n {2}parents: \[\]\n```/);
  assert.match(text, /```yaml\nkind: HTTPRoute\nspec: \{\}\n```/);
});
