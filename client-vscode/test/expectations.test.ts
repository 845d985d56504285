import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identified, type ExpectationEntry } from '../src/features/testing/protocol';

const entry = (text: string): ExpectationEntry => ({ text, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } });

test('expectations of the same words are told apart', () => {
  assert.deepEqual(identified([entry('GET /'), entry('GET /a'), entry('GET /')]).map((one) => one.id), ['GET /', 'GET /a', 'GET / (2)']);
});
