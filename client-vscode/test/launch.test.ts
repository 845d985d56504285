import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkServer, launch, serverPath, ServerUnavailable } from '../src/features/server/launch';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-lsp-test-'));
after(() => fs.rmSync(dir, { recursive: true, force: true }));

function script(name: string, text: string, mode = 0o755): string {
  const file = path.join(dir, name);
  fs.writeFileSync(file, text, { mode });
  return file;
}
const says = (text: RegExp) => (e: unknown) => e instanceof ServerUnavailable && text.test(e.message);

test('the bundled server is used unless the setting names another', () => {
  assert.equal(serverPath('', '/ext', 'linux'), '/ext/server/gateway-lsp');
  assert.equal(serverPath('  ', '/ext', 'win32'), path.join('/ext', 'server', 'gateway-lsp.exe'));
  assert.equal(serverPath('/opt/gateway-lsp', '/ext'), '/opt/gateway-lsp');
  assert.equal(serverPath('~/bin/gateway-lsp', '/ext'), path.join(os.homedir(), 'bin/gateway-lsp'));
});

test('a path that cannot work is refused with the reason', async () => {
  await assert.rejects(checkServer('gateway-lsp'), says(/must be an absolute path/));
  await assert.rejects(checkServer(path.join(dir, 'none')), says(/no language server at/));
  await assert.rejects(checkServer(dir), says(/not a file/));
  await checkServer(script('good', '#!/bin/sh\n'));
});

test('a file without the right to run it is refused', { skip: process.platform === 'win32' }, async () => {
  await assert.rejects(checkServer(script('plain', '', 0o644)), says(/not executable/));
});

test('a file that the system cannot run is an error, not an exception out of nowhere', async () => {
  await assert.rejects(launch(script('bad', '#!/no/such/interpreter\n')), says(/could not be started/));
});

test('the server is started without arguments', async () => {
  const child = await launch(script('count', '#!/bin/sh\necho "$#"\n'));
  let out = '';
  for await (const chunk of child.stdout) out += chunk;
  assert.equal(out, '0\n');
});
