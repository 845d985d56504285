// Two clusters of the sandbox for one spec file, with a folder of their own, ended with the test process.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

/** The clusters come up when they are first asked for, and go with the last test. */
export function useSandbox() {
  let dir;
  const run = (command, ...rest) => {
    const binary = process.env.SANDBOX_BIN;
    if (!binary) throw new Error('run by ./test e2e, which sets SANDBOX_BIN');
    dir ??= fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-sandbox-e2e-'));
    return execFileSync(binary, [command, ...rest, '--state-dir', dir], { encoding: 'utf8', timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  };
  after(() => {
    if (!dir) return;
    run('down');
    fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    /** Path of the kubeconfig. */
    up: () => run('up', '--parent', String(process.pid)),
    run,
  };
}
