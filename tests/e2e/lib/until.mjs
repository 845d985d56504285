import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is truthy, and gives it. */
export async function until(what, ask, timeout = 15_000) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${timeout} ms: ${what}`);
    await sleep(50);
  }
}
