import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node } from '../src/features/tree/node';
import { Rows } from '../src/features/tree/rows';

const node = (id: string, description = '', ...children: Node[]): Node => ({ id, label: id, description, context: 'row', ...(children.length > 0 ? { children } : {}) });
const ids = (nodes: readonly Node[] | undefined): readonly string[] | undefined => nodes?.map(({ id }) => id);

const START = (): readonly Node[] => [node('eks', '', node('demo', '', node('front'), node('split'))), node('gke')];

for (const [what, next, drawn] of [
  ['nothing is drawn for the same rows', START(), []],
  ['a row that says something else is drawn alone', [node('eks', '', node('demo', '', node('front', 'programmed'), node('split'))), node('gke')], ['front']],
  ['a row that comes is drawn with the one it is below of', [node('eks', '', node('demo', '', node('front'), node('split'), node('new'))), node('gke')], ['demo']],
  ['a row that goes as well', [node('eks', '', node('demo', '', node('front', 'programmed'))), node('gke')], ['demo']],
  ['rows below one that is drawn are not named again', [node('eks', 'lost', node('demo', '', node('front', 'unknown'), node('split'))), node('gke')], ['eks']],
  ['rows of two clusters', [node('eks', '', node('demo', '', node('front'), node('split', 'accepted'))), node('gke', 'connecting')], ['split', 'gke']],
  ['a cluster that comes has all drawn', [...START(), node('kind')], undefined],
  ['and so has another order', [...START()].reverse(), undefined],
] as const satisfies readonly (readonly [string, readonly Node[], readonly string[] | undefined])[]) {
  test(what, () => {
    const rows = new Rows<unknown>();
    assert.equal(rows.take(START()), undefined);
    const before = rows.find('demo');
    assert.deepEqual(ids(rows.take(next)), drawn);
    assert.deepEqual(rows.roots, next);
    assert.equal(rows.find('demo'), before, 'the editor knows a row by its object');
  });
}

test('a row knows the one above it, and one that went is not found', () => {
  const rows = new Rows<unknown>();
  rows.take(START());
  assert.equal(rows.parent(rows.find('split')!)?.id, 'demo');
  assert.equal(rows.parent(rows.find('eks')!), undefined);
  rows.take([node('eks', '', node('split')), node('gke')]);
  assert.equal(rows.parent(rows.find('split')!)?.id, 'eks');
  assert.equal(rows.find('front'), undefined);
});
