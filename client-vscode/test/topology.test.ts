import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_ROWS, toCards, type Measure } from '../src/features/topology/drawing/cards';
import { applyPatches } from '../src/features/topology/drawing/graph';
import { layOut, type LayoutInput } from '../src/features/topology/drawing/layout';
import { drawLines } from '../src/features/topology/drawing/paths';
import { facets, pathOf, search, waysThrough } from '../src/features/topology/drawing/ways';
import { mayHaveTraffic } from '../src/features/topology/objects';
import { page } from '../src/features/topology/page';
import { openingScale } from '../src/features/topology/drawing/opening';
import type { Graph, TopologyEdge, TopologyNode } from '../src/features/topology/protocol';
import type { Trace } from '../src/features/trace/protocol';

const measure: Measure = (text) => text.length * 7;

function node(id: string, kind: string, more: Partial<TopologyNode> = {}): TopologyNode {
  const [type, namespace = '', name = ''] = id.split('#')[0]!.split('/');
  return {
    id, kind, index: 0, label: name || id, detail: '', cluster: '', namespace, network: '', presence: 'present', state: 'ok', reasons: [], facts: [],
    ...(name === '' ? {} : { object: { group: '', kind: type!, namespace, name } }),
    ...more,
  };
}
function edge(from: string, kind: string, to: string, more: Partial<TopologyEdge> = {}): TopologyEdge {
  return { id: `${from} ${kind} ${to}`, from, to, kind, index: 0, label: '', state: 'ok', reasons: [], facts: [], ...more };
}

/** Clients, a Gateway with two listeners in one namespace, a route with two rules and two Services in another. */
const SHOP: Graph = {
  nodes: [
    node('client:external', 'client', { label: 'Clients', namespace: '' }),
    node('Gateway/infra/edge', 'gateway', { detail: 'istio' }),
    node('Gateway/infra/edge#listener:http', 'listener', { parent: 'Gateway/infra/edge', label: 'http', detail: 'HTTP 80' }),
    node('Gateway/infra/edge#listener:https', 'listener', { parent: 'Gateway/infra/edge', label: 'https', index: 1, facts: [{ name: 'hostname', value: '*.example.com' }] }),
    node('HTTPRoute/shop/web', 'route'),
    node('HTTPRoute/shop/web#rule:0', 'rule', { parent: 'HTTPRoute/shop/web', label: '/cart*' }),
    node('HTTPRoute/shop/web#rule:1', 'rule', { parent: 'HTTPRoute/shop/web', label: '/*', index: 1 }),
    node('Service/shop/v1', 'service'),
    node('Service/shop/v2', 'service', { state: 'error', reasons: [{ state: 'error', code: 'BackendNotFound', message: 'Gone.' }] }),
    node('Deployment/shop/v1', 'workload'),
  ],
  edges: [
    edge('Gateway/infra/edge', 'listens', 'Gateway/infra/edge#listener:http'),
    edge('Gateway/infra/edge', 'listens', 'Gateway/infra/edge#listener:https'),
    edge('Gateway/infra/edge#listener:https', 'attaches', 'HTTPRoute/shop/web'),
    edge('HTTPRoute/shop/web', 'matches', 'HTTPRoute/shop/web#rule:0'),
    edge('HTTPRoute/shop/web', 'matches', 'HTTPRoute/shop/web#rule:1'),
    edge('HTTPRoute/shop/web#rule:0', 'sends', 'Service/shop/v1', { label: '75 %', share: { part: 3, whole: 4 }, port: 80 }),
    edge('HTTPRoute/shop/web#rule:0', 'sends', 'Service/shop/v2', { label: '25 %', share: { part: 1, whole: 4 }, port: 80 }),
    edge('HTTPRoute/shop/web#rule:1', 'redirects', 'Gateway/infra/edge#listener:http', { label: '301' }),
    edge('Service/shop/v1', 'selects', 'Deployment/shop/v1'),
    edge('client:external', 'enters', 'Gateway/infra/edge'),
  ],
};

const layoutOf = (graph: Graph, folded?: ReadonlySet<string>) => {
  const { cards, lines } = toCards(graph, measure, folded);
  const input: LayoutInput = {
    cards: cards.map(({ id, column, width, height, node: { cluster, namespace } }) => ({ id, column, width, height, cluster, namespace })),
    lines: lines.filter((line) => !line.isBack).map(({ id, from, to, fromY, toY, label }) => ({ id, from, to, fromY, toY, hasLabel: label !== '' })),
  };
  return { cards, lines, input, layout: layOut(input) };
};

test('listeners and rules are rows of their cards, and classes are no cards', () => {
  const { cards, lines } = toCards({ ...SHOP, nodes: [...SHOP.nodes, node('GatewayClass/istio', 'gatewayClass')] }, measure);
  assert.deepEqual(cards.map((card) => `${card.title}: ${card.rows.map((row) => row.text).join(' ')}`), ['Clients: ', 'edge: http https', 'web: /cart* /*', 'v1: ', 'v2: ', 'v1: ']);
  assert.equal(cards.find((card) => card.title === 'edge')!.subtitle, 'Gateway · istio');
  assert.equal(lines.length, 6);
  assert.deepEqual(lines.filter((line) => line.label !== '').map((line) => line.label), ['75 %', '25 %', '301']);
  assert.deepEqual(lines.filter((line) => line.isBack).map((line) => line.edge.kind), ['redirects']);
  assert.equal(cards.find((card) => card.title === 'web')!.rows[1]!.detail, '↩ 301 → http');
});

test('a folded card tells how much it hides and keeps its lines', () => {
  const { cards, lines } = toCards(SHOP, measure, new Set(['HTTPRoute/shop/web']));
  const web = cards.find((card) => card.id === 'HTTPRoute/shop/web')!;
  assert.deepEqual([web.folded, web.rows.length, web.height], [2, 0, 48]);
  assert.equal(lines.find((line) => line.label === '75 %')!.fromY, 24);
});

test('a card of very many rows shows the first, and how many more there are', () => {
  const rules = Array.from({ length: 100 }, (_, i) => node(`HTTPRoute/shop/web#rule:${i}`, 'rule', { parent: 'HTTPRoute/shop/web', index: i, state: i === 99 ? 'error' : 'ok' }));
  const { cards } = toCards({ nodes: [node('HTTPRoute/shop/web', 'route'), ...rules], edges: [] }, measure);
  assert.equal(cards[0]!.rows.length, MAX_ROWS);
  assert.deepEqual([cards[0]!.rows.at(-1)!.text, cards[0]!.rows.at(-1)!.state], ['and 61 more', 'error']);
});

test('patches give the graph after them, in order', () => {
  const at = { uri: 'file:///a.yaml', range: { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } } };
  const before: Graph = { nodes: [node('Service/shop/b', 'service', { location: at }), node('Service/shop/c', 'service')], edges: [] };
  const after = applyPatches(before, [
    { op: 'linesShifted', uri: 'file:///a.yaml', fromLine: 3, delta: 2 },
    { op: 'nodeRemoved', id: 'Service/shop/c' },
    { op: 'nodeAdded', node: node('Service/shop/a', 'service') },
    { op: 'nodeAdded', node: node('Gateway/shop/z', 'gateway') },
    { op: 'edgeAdded', edge: edge('Gateway/shop/z', 'sends', 'Service/shop/a', { port: 80 }) },
    { op: 'nodeChanged', id: 'Service/shop/a', set: { label: 'new', state: 'error' } },
    { op: 'edgeChanged', id: 'Gateway/shop/z sends Service/shop/a', set: { port: null, label: '50 %' } },
    { op: 'nodeChanged', id: 'Service/shop/none', set: { label: 'lost' } },
  ]);
  assert.deepEqual(after.nodes.map((one) => one.id), ['Gateway/shop/z', 'Service/shop/a', 'Service/shop/b']);
  assert.equal(after.nodes[2]!.location!.range.start.line, 7);
  assert.deepEqual([after.nodes[1]!.label, after.nodes[1]!.state], ['new', 'error']);
  assert.deepEqual([after.edges[0]!.label, 'port' in after.edges[0]!], ['50 %', false]);
  assert.deepEqual([before.nodes.length, before.nodes[0]!.location!.range.start.line], [2, 5]);
});

test('cards stand in columns in the order of the traffic and overlap nowhere', () => {
  const { cards, layout } = layoutOf(SHOP);
  const boxes = cards.map((card) => ({ ...layout.places[card.id]!, width: card.width, height: card.height }));
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) assert.ok(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y, `${JSON.stringify(a)} ${JSON.stringify(b)}`);
  }
  const x = (id: string) => layout.places[id]!.x;
  assert.ok(x('client:external') < x('Gateway/infra/edge') && x('Gateway/infra/edge') < x('HTTPRoute/shop/web') && x('HTTPRoute/shop/web') < x('Service/shop/v1') && x('Service/shop/v1') < x('Deployment/shop/v1'));
  assert.equal(x('Service/shop/v1'), x('Service/shop/v2'));
  assert.deepEqual(layout.frames.map((frame) => `${frame.kind} ${frame.name}`).sort(), ['namespace infra', 'namespace shop']);
  for (const frame of layout.frames) {
    for (const card of cards.filter((one) => one.node.namespace === frame.name)) {
      const { x: left, y } = layout.places[card.id]!;
      assert.ok(left >= frame.x && y >= frame.y && left + card.width <= frame.x + frame.width && y + card.height <= frame.y + frame.height);
    }
  }
});

test('clusters frame their namespaces, and frames of one kind overlap nowhere', () => {
  const graph: Graph = {
    nodes: ['east', 'west'].flatMap((cluster) => SHOP.nodes.filter((one) => one.kind !== 'client').map((one) => ({ ...one, id: `@${cluster}:${one.id}`, cluster, ...(one.parent ? { parent: `@${cluster}:${one.parent}` } : {}) }))),
    edges: ['east', 'west'].flatMap((cluster) => SHOP.edges.filter((one) => one.kind !== 'enters').map((one) => ({ ...one, id: `@${cluster}:${one.id}`, from: `@${cluster}:${one.from}`, to: `@${cluster}:${one.to}` }))),
  };
  const { layout } = layoutOf(graph);
  assert.deepEqual(layout.frames.map((frame) => frame.kind), ['cluster', 'cluster', 'namespace', 'namespace', 'namespace', 'namespace']);
  const [a, b] = layout.frames as [(typeof layout.frames)[0], (typeof layout.frames)[0]];
  assert.ok(a.y + a.height <= b.y || b.y + b.height <= a.y);
});

test('the same graph is laid out the same way, and a word more moves no card', () => {
  const first = layoutOf(SHOP);
  assert.deepEqual(layoutOf(SHOP).layout, first.layout);
  const reworded = { ...SHOP, nodes: SHOP.nodes.map((one) => (one.id === 'Service/shop/v2' ? { ...one, state: 'ok' as const } : one)) };
  assert.deepEqual(layoutOf(reworded).input, first.input);
});

test('labels of one rule do not cover each other', () => {
  const { cards, lines, layout } = layoutOf(SHOP);
  const drawn = drawLines(cards, lines, layout, (label) => label.length * 7 + 16).filter((one) => one.label);
  assert.equal(drawn.length, 2);
  const [a, b] = drawn.map((one) => one.label!) as [{ x: number; y: number; width: number }, { x: number; y: number; width: number }];
  assert.ok(Math.abs(a.y - b.y) >= 18 || Math.abs(a.x - b.x) >= (a.width + b.width) / 2);
  assert.ok(drawn.every((one) => one.path.startsWith('M')));
});

test('lines that lead back, to themselves or to nothing stop no layout', () => {
  const nodes = [node('Service/a/x', 'service'), node('Service/a/y', 'service')];
  const { layout } = layoutOf({ nodes, edges: [edge('Service/a/x', 'sends', 'Service/a/x'), edge('Service/a/y', 'sends', 'Service/a/x'), edge('Service/a/x', 'sends', 'Service/a/none')] });
  assert.equal(Object.keys(layout.places).length, 2);
  assert.deepEqual(layOut({ cards: [], lines: [] }).frames, []);
});

test('2,000 nodes are laid out with work that grows with their number, without overlap in any column', { timeout: 300_000 }, () => {
  const nodes: TopologyNode[] = [node('client:external', 'client', { namespace: '' })];
  const edges: TopologyEdge[] = [];
  for (let i = 0; i < 10; i++) {
    nodes.push(node(`Gateway/infra/g${i}`, 'gateway'), node(`Gateway/infra/g${i}#listener:l`, 'listener', { parent: `Gateway/infra/g${i}` }));
    edges.push(edge('client:external', 'enters', `Gateway/infra/g${i}`));
  }
  for (let i = 0; i < 400; i++) {
    const [ns, route] = [`ns${i % 20}`, `HTTPRoute/ns${i % 20}/r${i}`];
    nodes.push(node(route, 'route'), ...[0, 1].map((n) => node(`${route}#rule:${n}`, 'rule', { parent: route, index: n })), node(`Service/${ns}/s${i}`, 'service'), node(`Deployment/${ns}/d${i}`, 'workload'));
    edges.push(edge(`Gateway/infra/g${i % 10}#listener:l`, 'attaches', route), edge(`${route}#rule:0`, 'sends', `Service/${ns}/s${i}`), edge(`${route}#rule:1`, 'sends', `Service/ns${(i + 20) % 20}/s${(i + 20) % 400}`), edge(`Service/${ns}/s${i}`, 'selects', `Deployment/${ns}/d${i}`));
  }
  const { cards, input, layout } = layoutOf({ nodes, edges });
  // Each namespace by itself: what is ordered at once stays small, however many there are.
  assert.equal(layout.frames.length, 21);
  let looks = 0;
  const lines = input.lines.map((line) => new Proxy(line, { get: (one, name) => (looks++, Reflect.get(one, name)) }));
  assert.deepEqual(layOut({ cards: input.cards, lines }), layout);
  assert.ok(looks < 100 * lines.length, `${looks} looks at ${lines.length} lines`); // each with each other would be over 1,000 a line
  for (const c of new Set(cards.map((card) => card.column))) {
    const sorted = cards.filter((card) => card.column === c).sort((a, b) => layout.places[a.id]!.y - layout.places[b.id]!.y);
    for (let i = 1; i < sorted.length; i++) assert.ok(layout.places[sorted[i]!.id]!.y >= layout.places[sorted[i - 1]!.id]!.y + sorted[i - 1]!.height - 0.01);
  }
});

test('the ways through an element are what leads to it and on from it', () => {
  const ids = waysThrough(SHOP, 'HTTPRoute/shop/web#rule:0');
  assert.ok(['client:external', 'Gateway/infra/edge', 'Gateway/infra/edge#listener:https', 'HTTPRoute/shop/web', 'Service/shop/v2', 'Deployment/shop/v1'].every((id) => ids.has(id)));
  assert.ok(!ids.has('HTTPRoute/shop/web#rule:1') && !ids.has('Gateway/infra/edge#listener:http'));
});

const TRACE: Trace = { listener: 'https', route: { kind: 'HTTPRoute', namespace: 'shop', name: 'web' }, rule: 0, match: 0, filters: [], response: null, redirect: null, backends: [{ namespace: 'shop', name: 'v1', port: 80, share: 1 }, { namespace: 'shop', name: 'v2', port: 80, share: 0 }], mirrors: [], upstreamRequest: null, why: [] };

test('the path of a request has its listener, rule and backends with a share, and no others', () => {
  const ids = pathOf(SHOP, TRACE, { gateway: { namespace: 'infra', name: 'edge' } });
  assert.deepEqual([...ids].filter((id) => !id.includes(' ')).sort(), ['Deployment/shop/v1', 'Gateway/infra/edge', 'Gateway/infra/edge#listener:https', 'HTTPRoute/shop/web', 'HTTPRoute/shop/web#rule:0', 'Service/shop/v1', 'client:external']);
  const redirected = pathOf(SHOP, { ...TRACE, rule: 1, backends: [], redirect: { scheme: 'http', host: 'a', port: null, path: '/', statusCode: 301 } }, { gateway: { namespace: 'infra', name: 'edge' } });
  assert.ok(redirected.has('HTTPRoute/shop/web#rule:1 redirects Gateway/infra/edge#listener:http'));
  const none = pathOf(SHOP, { ...TRACE, listener: 'http', route: null, rule: null, match: null, backends: [], response: { statusCodes: [404] } }, { gateway: { namespace: 'infra', name: 'edge' } });
  assert.deepEqual([...none].filter((id) => !id.includes(' ')).sort(), ['Gateway/infra/edge', 'Gateway/infra/edge#listener:http', 'client:external']);
  assert.equal(pathOf(SHOP, TRACE, { gateway: { namespace: 'infra', name: 'none' } }).has('Gateway/infra/edge'), false);
});

test('search wants all words, wherever they are', () => {
  assert.deepEqual(search(SHOP, 'service V2'), ['Service/shop/v2']);
  assert.deepEqual(search(SHOP, 'backendnotfound'), ['Service/shop/v2']);
  assert.deepEqual(search(SHOP, '*.example.com'), ['Gateway/infra/edge#listener:https']);
  assert.deepEqual(search(SHOP, '  '), []);
});

test('what can be filtered by is what the graph has, and stays while a filter hides it', () => {
  const all = facets(SHOP);
  assert.deepEqual(all, { clusters: [], namespaces: ['infra', 'shop'], hosts: ['*.example.com'] });
  assert.deepEqual(facets({ nodes: [], edges: [] }, all), all);
});

test('menus are for manifests with objects of traffic', () => {
  assert.ok(mayHaveTraffic('apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute # here\n'));
  assert.ok(mayHaveTraffic('apiVersion: v1\nkind: List\nitems:\n- kind: Service\n'));
  assert.ok(!mayHaveTraffic('kind: ConfigMap\ndata: {kind: Gateway}\n'));
});

test('the page runs our script alone and loads nothing from elsewhere', () => {
  const html = page({ source: 'https://own', script: 'https://own/a.js', style: 'https://own/a.css', worker: 'https://own/w.js', nonce: 'abc', language: 'ko', title: 'T', texts: { Filter: '"><script>' } });
  assert.match(html, /<html lang="ko">/);
  assert.match(html, /data-texts="\{&#34;Filter&#34;:&#34;\\&#34;&#62;&#60;script&#62;&#34;\}"/);
  const policy = /content="([^"]*)"/.exec(html)![1]!.replaceAll('&#39;', "'");
  assert.match(policy, /^default-src 'none'; script-src 'nonce-abc'; style-src https:\/\/own 'unsafe-inline'; connect-src https:\/\/own; worker-src blob:; img-src blob:$/);
  assert.doesNotMatch(policy, /unsafe-eval|\*/);
  assert.equal([...html.matchAll(/<script/g)].length, 1);
});

test('a drawing begins with its whole width in sight, as large as can be read', () => {
  const at = (view: [number, number], drawing: [number, number]) => Math.round(openingScale({ width: view[0] + 32, height: view[1] + 32 }, { width: drawing[0], height: drawing[1] }) * 100);
  assert.equal(at([700, 800], [500, 300]), 100); // never larger than life
  assert.equal(at([700, 800], [1000, 900]), 70); // all of it
  assert.equal(at([700, 800], [1400, 500]), 50); // narrow: all columns
  assert.equal(at([700, 800], [1400, 9000]), 50); // and long: all columns, the rest below
  assert.equal(at([1400, 800], [1400, 9000]), 60); // long: no larger than it can be read
  assert.equal(at([700, 800], [7000, 900]), 40); // no smaller than this, cut
});
