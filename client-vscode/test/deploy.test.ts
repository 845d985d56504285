import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyRows } from '../src/features/deploy/historyRows';
import type { AppliedTarget, PlannedObject, PlannedTarget } from '../src/features/deploy/protocol';
import { deployRows } from '../src/features/deploy/rows';
import { confirmation, headline, key, NOTHING, verdict, writable, type DeployState } from '../src/features/deploy/state';
import type { Node } from '../src/features/tree/node';

const object = (name: string, action: PlannedObject['action'], more: Partial<PlannedObject> = {}): PlannedObject => ({
  apiVersion: 'v1', kind: 'HTTPRoute', namespace: 'demo', name, action, before: '', after: '', fields: [], problems: [], warnings: [], conflicts: [], predicted: false, namespaceDefaulted: false, ...more,
});
const target = (context: string, objects: PlannedObject[], more: Partial<PlannedTarget> = {}): PlannedTarget => ({
  context, label: context.toUpperCase(), protected: false, refused: null, namespacesMissing: [], objects, issues: { introduced: [], fixed: [], unchanged: 0 }, unsupported: [], ...more,
});
const planned = (targets: PlannedTarget[], more: Partial<DeployState> = {}): DeployState => ({ ...NOTHING, phase: 'planned', title: 'a.yaml', plan: { plan: 'p1', targets }, ...more });
const result = (context: string, more: Partial<AppliedTarget> = {}): AppliedTarget => ({ context, outcome: 'applied', objects: [], conditions: [], addresses: [], message: null, ...more });
const outline = (rows: readonly Node[], indent = ''): string[] =>
  rows.flatMap((row) => [`${indent}${[row.label, row.description].filter(Boolean).join(' | ')}`, ...outline(row.children ?? [], `${indent}  `)]);

const ISSUE = { object: 'HTTPRoute demo/a', code: 'backend-not-found', severity: 'error', message: 'There is no Service demo/x.' };

test('a plan shows targets, objects, what is wrong with them and what comes with them', () => {
  const rows = deployRows(planned([
    target('eks', [
      object('a', 'update', { fields: ['spec.rules[0].backendRefs[0].weight'] }),
      object('b', 'create', { predicted: true }),
      object('c', 'unchanged'),
      object('d', 'conflict', { conflicts: [{ field: 'spec.hostnames', manager: 'argocd', message: '`spec.hostnames` belongs to argocd.' }] }),
      object('e', 'refused', { problems: [{ message: 'Too long.', field: 'spec.hostnames[0]' }] }),
    ], { namespacesMissing: ['demo'], issues: { introduced: [ISSUE], fixed: [], unchanged: 2 }, unsupported: ['HTTPRoute demo/a: mirrors'], protected: true }),
    target('gke', [], { refused: 'Access denied.' }),
  ]));
  assert.deepEqual(outline(rows), [
    'EKS | 1 new, 1 changed, 1 conflict, 1 refused, 1 unchanged · protected',
    '  Namespace demo does not exist',
    '  HTTPRoute demo/a | changed · spec.rules[0].backendRefs[0].weight',
    '  HTTPRoute demo/b | new',
    '  HTTPRoute demo/c | unchanged',
    '  HTTPRoute demo/d | conflict',
    '    `spec.hostnames` belongs to argocd. | argocd',
    '  HTTPRoute demo/e | refused',
    '    Too long. | spec.hostnames[0]',
    '  1 new problem',
    '    There is no Service demo/x. | HTTPRoute demo/a · backend-not-found',
    '  2 other problems stay as they are',
    '  Not supported by this target',
    '    HTTPRoute demo/a: mirrors',
    'GKE | refused',
    '  Access denied.',
  ]);
  assert.deepEqual(rows.map((row) => row.checked), [true, true]);
  const ids = (all: readonly Node[]): string[] => all.flatMap((row) => [row.id, ...ids(row.children ?? [])]);
  assert.equal(new Set(ids(rows)).size, ids(rows).length);
});

test('only targets that are checked, not refused and with changes are written to', () => {
  const all = [target('a', [object('x', 'update')]), target('b', [object('x', 'update')], { refused: 'no' }), target('c', [object('x', 'unchanged')]), target('d', [object('x', 'create')])];
  assert.deepEqual(writable(planned(all, { excluded: new Set(['d']) })).map((one) => one.context), ['a']);
});

test('what is asked names the clusters, what is written and the problems that come with it', () => {
  const asked = confirmation(planned([target('eks', [object('x', 'update'), object('y', 'create')], { protected: true, issues: { introduced: [ISSUE], fixed: [], unchanged: 0 } }), target('gke', [object('x', 'create')])]))!;
  assert.equal(asked.message, 'Apply to EKS, GKE?');
  assert.deepEqual(asked.detail.split('\n'), ['EKS (eks): 1 new, 1 changed', 'GKE (gke): 1 new', '', 'Problems that come with it:', 'EKS, HTTPRoute demo/a: There is no Service demo/x.']);
  assert.deepEqual(asked.typed, [{ context: 'eks', label: 'EKS' }]);
  assert.equal(confirmation(planned([target('eks', [object('x', 'unchanged')])])), undefined);
});

test('a way back says what becomes of the changes of others', () => {
  const asked = (...objects: PlannedObject[]) => confirmation(planned([target('eks', objects)], { kind: 'rollback' }))!.detail.split('\n').slice(1).filter(Boolean);
  const [kept, gone] = [object('x', 'conflict', { after: 'kind: HTTPRoute' }), object('y', 'conflict')];
  assert.deepEqual(asked(kept), ['What others changed since stays as it is now.']);
  assert.deepEqual(asked(gone), ['Deleted with what others changed since: HTTPRoute y']);
  assert.equal(asked(kept, gone).length, 2);
  assert.deepEqual(asked(object('z', 'update')), []);
});

test('the line above says where things are', () => {
  const one = [target('eks', [object('x', 'update')])];
  assert.equal(headline(NOTHING), undefined);
  assert.equal(headline(planned(one)), 'a.yaml: what would change. Nothing has been written.');
  assert.equal(headline(planned([target('eks', [object('x', 'unchanged')])])), 'a.yaml: nothing to change.');
  assert.match(headline(planned(one, { isStale: true }))!, /changed since/);
  assert.match(headline(planned(one, { kind: 'rollback' }))!, /taken back/);
});

test('progress and result show at the objects', () => {
  const state = planned([target('eks', [object('x', 'update'), object('y', 'create')])], {
    phase: 'applying',
    outcomes: new Map([[key('eks', object('x', 'update')), 'changed'], [key('eks', object('y', 'create')), 'writing']]),
  });
  assert.deepEqual(outline(deployRows(state)).slice(1), ['  HTTPRoute demo/x | changed', '  HTTPRoute demo/y | writing…']);
  const done: DeployState = { ...state, phase: 'done', results: new Map([['eks', result('eks', {
    addresses: ['10.0.0.1'],
    conditions: [
      { object: 'Gateway demo/g', of: '', type: 'Programmed', status: 'True', reason: 'Programmed', message: '', bad: false },
      { object: 'HTTPRoute demo/x', of: 'Gateway g', type: 'Accepted', status: 'False', reason: 'NoMatchingParent', message: 'no listener', bad: true },
    ],
  })]]) };
  assert.deepEqual(outline(deployRows(done)).slice(3), [
    '  10.0.0.1 | address',
    '  Status | 1 not healthy',
    '    Gateway demo/g',
    '      Programmed: True | Programmed',
    '    HTTPRoute demo/x',
    '      Accepted: False | Gateway g · NoMatchingParent · no listener',
  ]);
});

test('a shift of traffic says why below what it changes', () => {
  const state = planned([target('eks', [object('x', 'update')])], { kind: 'failover' });
  const rows = deployRows({ ...state, plan: { ...state.plan!, notes: ['EKS  down  HTTPRoute/demo/x rule 1', 'prepared: weight of v2 is 100'] } });
  assert.deepEqual(outline(rows), ['EKS | 1 changed', '  HTTPRoute demo/x | changed', 'What does not work', '  EKS · down · HTTPRoute/demo/x rule 1', '  prepared: weight of v2 is 100']);
  assert.equal(headline({ ...NOTHING, phase: 'planned', kind: 'failover', title: 'Shift', plan: { plan: null, targets: [], notes: [] } }), 'There is nothing that could be shifted.');
});

test('the verdict is as bad as the worst target', () => {
  const both = [target('eks', [object('x', 'update')]), target('gke', [object('x', 'update')])];
  const say = (results: AppliedTarget[]) => verdict(planned(both, { results: new Map(results.map((one) => [one.context, one])) }));
  assert.deepEqual(say([result('eks'), result('gke')]), { message: 'EKS: applied. GKE: applied.', severity: 'information' });
  assert.deepEqual(say([result('eks', { outcome: 'failed', message: 'Timed out.' }), result('gke', { outcome: 'cancelled' })]), {
    message: 'EKS: failed. Timed out. GKE: cancelled, and everything was taken back.', severity: 'error',
  });
});

test('the history names what was written; only what is still there can be taken back', () => {
  const now = Date.parse('2026-01-02T03:04:05Z');
  const entry = (id: string, outcome: string, names: string[]) => ({ id, time: '2026-01-02T03:03:55Z', outcome, objects: names.map((name) => ({ ...object(name, 'update'), action: 'update' as const })) });
  const unchanged = { ...entry('4', 'applied', []), objects: [{ ...object('a', 'unchanged'), action: 'unchanged' as const }] };
  const rows = historyRows(new Map([['eks', { label: 'EKS', history: { applies: [entry('1', 'applied', ['a', 'b']), entry('2', 'rolledBack', ['a']), entry('3', 'interrupted', ['a']), unchanged, entry('5', 'partlyRolledBack', ['a']), { ...entry('6', 'partlyRolledBack', ['a']), undoable: false }], unfinished: { id: '3', time: '', written: 1, total: 2 } } }]]), now);
  assert.deepEqual(rows[0]!.children!.map((row) => [row.label, row.description, row.context]), [
    ['HTTPRoute demo/a and 1 more', 'applied · 10 s ago', 'entry.undoable'],
    ['HTTPRoute demo/a', 'taken back · 10 s ago', 'entry'],
    ['HTTPRoute demo/a', 'interrupted · 10 s ago', 'entry.unfinished.undoable'],
    ['HTTPRoute demo/a', 'applied · 10 s ago', 'entry'],
    ['HTTPRoute demo/a', 'partly taken back · 10 s ago', 'entry.undoable'],
    ['HTTPRoute demo/a', 'partly taken back · 10 s ago', 'entry'],
  ]);
});
