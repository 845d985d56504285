import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RestartBudget } from '../src/features/server/restartBudget';

test('a server that crashes again and again is given up, later each time', () => {
  const budget = new RestartBudget(4, 60_000);
  assert.deepEqual([0, 1, 2, 3, 4].map((s) => budget.next(s * 1000)), [250, 500, 1000, 2000, undefined]);
});

test('crashes of long ago do not count', () => {
  const budget = new RestartBudget(1, 60_000);
  assert.equal(budget.next(0), 250);
  assert.equal(budget.next(30_000), undefined);
  assert.equal(budget.next(120_000), 250);
});

test('a restart by the user starts the count anew', () => {
  const budget = new RestartBudget(1);
  budget.next(0);
  budget.reset();
  assert.equal(budget.next(1), 250);
});
