import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusView } from '../src/features/status/view';

test('the status names the version once the server is ready', () => {
  assert.deepEqual(statusView({ kind: 'ready', version: '0.1.0' }), {
    text: 'Gateway LSP 0.1.0',
    detail: 'ready',
    busy: false,
    isError: false,
    action: 'log',
  });
  assert.equal(statusView({ kind: 'ready', version: undefined }).text, 'Gateway LSP');
});

test('the status is busy while the server starts', () => {
  assert.equal(statusView({ kind: 'starting' }).busy, true);
});

test('a failure says why and offers a restart', () => {
  const view = statusView({ kind: 'failed', reason: 'There is no language server at /x.' });
  assert.equal(view.isError, true);
  assert.equal(view.detail, 'There is no language server at /x.');
  assert.equal(view.action, 'restart');
});
