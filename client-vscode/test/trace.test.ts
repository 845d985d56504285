import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trace } from '../src/features/trace/protocol';
import { outcome, report } from '../src/features/trace/report';

const NONE: Trace = { listener: null, route: null, rule: null, match: null, filters: [], response: null, redirect: null, backends: [], mirrors: [], upstreamRequest: null, why: [] };
const at = { namespace: 'shop', name: 'cart', port: 80 };

test('what comes of a request is said in a line', () => {
  assert.equal(outcome({ ...NONE, backends: [{ ...at, share: 0.9 }, { ...at, name: 'next', share: 0.1 }, { ...at, name: 'old', share: 0 }] }), '90 % shop/cart:80, 10 % shop/next:80');
  assert.equal(outcome({ ...NONE, response: { statusCodes: [404] } }), 'Answered with 404');
  assert.equal(outcome({ ...NONE, response: { statusCodes: [], connection: 'rejected' } }), 'Connection rejected');
  assert.equal(outcome({ ...NONE, redirect: { scheme: 'https', host: 'a.com', port: null, path: '/x', statusCode: 301 }, response: { statusCodes: [301] } }), '301 redirect to https://a.com/x');
  assert.equal(outcome({ ...NONE, error: 'there is no Gateway shop/edge' }), 'Cannot be followed: there is no Gateway shop/edge');
});

test('the way of a request leads to its rule, and why comes last', () => {
  const lines = report({
    ...NONE,
    listener: 'http',
    route: { kind: 'HTTPRoute', namespace: 'shop', name: 'cart' },
    rule: 1,
    ruleName: 'canary',
    match: 0,
    filters: [{ type: 'URLRewrite' }],
    backends: [{ ...at, share: 1 / 3, problem: 'BackendNotFound' }],
    mirrors: [{ ...at, name: 'shadow', share: 0.1 }],
    upstreamRequest: { method: 'GET', host: 'a.com', path: '/x' },
    why: ['one', 'two'],
    location: { uri: 'file:///a.yaml', range: { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } } },
  });
  assert.deepEqual(lines.map((line) => line.label), [
    '33.33 % shop/cart:80', 'Listener http', 'HTTPRoute shop/cart, rule 2 (canary), match 1', 'Filter URLRewrite', '33.33 % to shop/cart:80', '10 % copied to shop/shadow:80',
    'Backends get GET /x, host a.com', 'one', 'two',
  ]);
  assert.deepEqual(lines.filter((line) => line.leads).map((line) => line.label), ['HTTPRoute shop/cart, rule 2 (canary), match 1']);
  assert.deepEqual(lines.map((line) => line.group).filter(Boolean), ['way', 'why']);
  assert.equal(lines.find((line) => line.detail?.startsWith('Fails'))?.detail, 'Fails: BackendNotFound');
});
