import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MIGRATE_FILE, MIGRATE_WORKSPACE, placed, SELECT } from '../src/features/migration/place';

test('from the palette, the file that is being edited is migrated', () => {
  assert.deepEqual(placed(MIGRATE_FILE, [], 'file:///a.yaml'), [{ uri: 'file:///a.yaml' }]);
  assert.deepEqual(placed(MIGRATE_FILE, [], undefined), []);
});

test('from a light bulb, the place that the server named stays', () => {
  const place = { uri: 'file:///b.yaml', range: { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } } };
  assert.deepEqual(placed(MIGRATE_FILE, [place], 'file:///a.yaml'), [place]);
  assert.deepEqual(placed(SELECT, [place], 'file:///a.yaml'), [place]);
});

test('the workspace needs no place', () => assert.deepEqual(placed(MIGRATE_WORKSPACE, [], 'file:///a.yaml'), []));
