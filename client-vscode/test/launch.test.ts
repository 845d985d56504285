import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkServer, launch, missingRuntime, RUNTIME_MAJOR, serverPath, ServerUnavailable } from '../src/features/server/launch';

declare const __EXTENSION_DIR__: string;

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
  const { child } = await launch(script('count', '#!/bin/sh\necho "$#"\n'));
  let out = '';
  for await (const chunk of child.stdout) out += chunk;
  assert.equal(out, '0\n');
});

/** As the starter of .NET programs writes it, with a newline between all parts. */
const NO_RUNTIME = `You must install .NET to run this application.

App: /x/gateway-lsp
Architecture: x64
App host version: 10.0.1
.NET location: Not found

Download the .NET runtime:
https://aka.ms/dotnet-core-applaunch?missing_runtime=true&arch=x64&rid=linux-x64&os=linux&apphost_version=10.0.1
`;
const OLD_RUNTIME = `You must install or update .NET to run this application.

App: C:\\x\\gateway-lsp.exe
Architecture: arm64
Framework: 'Microsoft.NETCore.App', version '10.0.0' (arm64)
.NET location: C:\\Program Files\\dotnet

The following frameworks were found:
  8.0.20 at [C:\\Program Files\\dotnet\\shared\\Microsoft.NETCore.App]
`;

test('a server that finds no .NET is told from one that fails', () => {
  assert.equal(missingRuntime(NO_RUNTIME), `.NET ${RUNTIME_MAJOR} Runtime (x64)`);
  assert.equal(missingRuntime(OLD_RUNTIME), '.NET 10 Runtime (arm64)');
  assert.equal(missingRuntime('12:00:00.000 error initialize failed.'), undefined);
  assert.equal(missingRuntime(''), undefined);
});

test('the runtime that is asked for is the one that the server is built for', () => {
  assert.match(fs.readFileSync(path.join(__EXTENSION_DIR__, '../server/Directory.Build.props'), 'utf8'), new RegExp(`<TargetFramework>net${RUNTIME_MAJOR}\\.0<`));
});

test('what a process says before it ends is kept', { skip: process.platform === 'win32' }, async () => {
  const { child, said } = await launch(script('none', `#!/bin/sh\ncat >&2 <<'E'\n${NO_RUNTIME}E\nexit 131\n`));
  const code = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(code, 131);
  assert.equal(missingRuntime(said()), `.NET ${RUNTIME_MAJOR} Runtime (x64)`);
});
