// The life of the server process under the extension.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { until } from './lib/until.mjs';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const vs = useWorkbench();
const timeout = 120_000;
const oneServer = () => until('one language server runs', () => vs.server.languageServers().length === 1 && vs.server.languageServers()[0], SLOW);

test('the status says ready, with the version', { timeout }, async () => {
  await vs.open('hello.yaml');
  await vs.statusSays(/Gateway LSP \d+\.\d+\.\d+\S* ready/);
  await vs.shot('status');
});

test('the restart command starts a new server that serves', { timeout }, async () => {
  await vs.open('broken.yaml');
  await vs.squiggles().first().waitFor({ timeout: SLOW });
  const old = await oneServer();
  await vs.command('Gateway LSP: Restart Server');
  await until('the old server is gone', () => !vs.server.languageServers().includes(old));
  assert.notEqual(await oneServer(), old);
  await vs.statusSays(/ready/);
  await vs.squiggles().first().waitFor();
});

test('a server that is killed comes back by itself', { timeout }, async () => {
  await vs.open('broken.yaml');
  const old = await oneServer();
  process.kill(old, 'SIGKILL');
  await until('another server runs', () => vs.server.languageServers().some((pid) => pid !== old), SLOW);
  await vs.statusSays(/ready/);
  await vs.squiggles().first().waitFor();
});

test('a server path that leads nowhere is told, with something to do about it', { timeout }, async () => {
  await vs.open('hello.yaml');
  vs.server.writeSettings({ 'gatewayLsp.server.path': '/nowhere/gateway-lsp' });
  const toast = vs.page.locator('.notifications-toasts .notification-list-item', { hasText: 'There is no language server at /nowhere/gateway-lsp' });
  await toast.waitFor({ timeout: SLOW });
  assert.match(await toast.innerText(), /Restart[\s\S]*Show Log[\s\S]*Open Settings/);
  assert.deepEqual(vs.server.languageServers(), []);
  await vs.shot('missing-server');
  vs.server.writeSettings({});
  await vs.statusSays(/ready/);
  await vs.command('Notifications: Clear All Notifications');
});

test('a server that ends on every start is given up, and said so', { timeout }, async () => {
  await vs.open('hello.yaml');
  fs.writeFileSync(vs.file('ends.sh'), '#!/bin/sh\necho started >> "$0.log"\nexit 3\n', { mode: 0o755 });
  vs.server.writeSettings({ 'gatewayLsp.server.path': vs.file('ends.sh') });
  const toast = vs.page.locator('.notifications-toasts .notification-list-item', { hasText: 'keeps ending by itself' });
  await toast.waitFor({ timeout: SLOW });
  assert.equal(fs.readFileSync(vs.file('ends.sh.log'), 'utf8'), 'started\n'.repeat(5));
  vs.server.writeSettings({});
  await vs.statusSays(/ready/);
  await vs.command('Notifications: Clear All Notifications');
});

test('settings take effect without a restart', { timeout }, async () => {
  await vs.open('broken.yaml');
  await vs.squiggles().first().waitFor();
  const server = await oneServer();
  vs.server.writeSettings({ 'gatewayLsp.validate.enable': false });
  await vs.squiggles().first().waitFor({ state: 'detached' });
  vs.server.writeSettings({});
  await vs.squiggles().first().waitFor();
  assert.equal(await oneServer(), server);
});

test('the log command shows the log', { timeout }, async () => {
  await vs.open('hello.yaml');
  await vs.command('Gateway LSP: Show Log');
  await vs.page.locator('.panel .view-line', { hasText: '[info]' }).first().waitFor();
});
