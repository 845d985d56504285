import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked } from '../src/features/topology/marked';
import type { TopologyEdge, TopologyNode } from '../src/features/topology/protocol';

const node = (id: string, more: Partial<TopologyNode> = {}): TopologyNode => ({
  id, kind: 'route', index: 0, label: id, state: 'ok', reasons: [], facts: [], detail: '', cluster: '', namespace: 'demo', network: '', presence: 'present', ...more,
});
const edge = (id: string, part: number): TopologyEdge => ({ id, kind: 'sends', index: 0, label: '', state: 'ok', reasons: [], facts: [], from: 'a', to: 'b', share: { part, whole: 100 } });

test('what an apply made, changed and took away is marked; what only fell ill is not', () => {
  const after = marked(
    { nodes: [node('same'), node('gone'), node('other', { detail: '/a' })], edges: [edge('e', 80)] },
    { nodes: [node('same', { state: 'error', index: 7, facts: [{ name: 'x', value: 'y' }] }), node('other', { detail: '/b' }), node('new')], edges: [edge('e', 50)] },
  );
  assert.deepEqual(after.nodes.map((one) => [one.id, one.mark]), [['same', undefined], ['other', 'changed'], ['new', 'added'], ['gone', 'removed']]);
  assert.deepEqual(after.edges.map((one) => one.mark), ['changed']);
});
