import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trace } from '../src/features/trace/protocol';
import { outcome, steps } from '../src/features/trace/report';

const NONE: Trace = { listener: null, route: null, rule: null, match: null, filters: [], response: null, redirect: null, backends: [], mirrors: [], upstreamRequest: null, why: [] };
const at = { namespace: 'shop', name: 'cart', port: 80 };

test('what comes of a request is said in a line', () => {
  assert.equal(outcome({ ...NONE, backends: [{ ...at, share: 0.9 }, { ...at, name: 'next', share: 0.1 }, { ...at, name: 'old', share: 0 }] }), '90 % shop/cart:80, 10 % shop/next:80');
  assert.equal(outcome({ ...NONE, response: { statusCodes: [404] } }), 'Answered with 404');
  assert.equal(outcome({ ...NONE, response: { statusCodes: [], connection: 'rejected' } }), 'Connection rejected');
  assert.equal(outcome({ ...NONE, redirect: { scheme: 'https', host: 'a.com', port: null, path: '/x', statusCode: 301 }, response: { statusCodes: [301] } }), '301 redirect to https://a.com/x');
  assert.equal(outcome({ ...NONE, error: 'there is no Gateway shop/edge' }), 'Cannot be followed: there is no Gateway shop/edge');
});

test('the way of a request is told step by step', () => {
  const way = steps({
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
  });
  assert.deepEqual(way.map(({ kind, text }) => `${kind}: ${text}`), [
    'Listener: http',
    'HTTPRoute: shop/cart, rule 2 (canary), match 1',
    'Filter: URLRewrite',
    'Backend, 33.33 %: shop/cart:80',
    'Mirror, 10 % copied: shop/shadow:80',
    'Backends get: GET /x, host a.com',
  ]);
  assert.equal(way.find((step) => step.problem !== undefined)?.problem, 'BackendNotFound');
  assert.deepEqual(steps({ ...NONE, listener: 'http', listenerSet: { namespace: 'a', name: 'more' } }), [{ kind: 'Listener', text: 'http of ListenerSet a/more' }]);
});
