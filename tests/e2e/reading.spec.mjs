// What a user gets while reading manifests, and what is left alone.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const vs = useWorkbench();
const timeout = 90_000;

test('a valid manifest opens clean, and a broken one is listed before it is opened', { timeout }, async () => {
  await vs.open('hello.yaml');
  await vs.statusSays(/ready/);
  await vs.command('Problems: Focus on Problems View');
  await vs.problems().filter({ hasText: 'broken.yaml' }).first().waitFor({ timeout: SLOW });
  assert.equal(await vs.problems().filter({ hasText: 'hello.yaml' }).count(), 0);
  assert.equal(await vs.squiggles().count(), 0);
  await vs.command('View: Hide Panel');
});

test('a key is explained on hover', { timeout }, async () => {
  await vs.open('hello.yaml');
  const text = await vs.hover('gatewayClassName', 'gatewayClassName', 'GatewayClass');
  assert.ok(text.length > 40, text);
  await vs.shot('hover');
});

test('the outline names the objects and their parts', { timeout }, async () => {
  await vs.open('hello.yaml');
  await vs.command('Explorer: Focus on Outline View');
  const outline = vs.page.locator('.outline-tree');
  await outline.locator('.monaco-list-row', { hasText: 'web' }).first().waitFor();
  await vs.shot('outline');
  await vs.command('Explorer: Focus on Folders View');
});

test('the breadcrumbs follow the cursor into a document', { timeout }, async () => {
  await vs.open('hello.yaml');
  await vs.cursor(17, 9);
  const crumbs = vs.page.locator('.breadcrumbs-control .monaco-breadcrumb-item');
  await crumbs.filter({ hasText: 'web' }).first().waitFor();
});

test('YAML of others stays silent', { timeout }, async () => {
  await vs.open('foreign.yaml');
  await vs.statusSays(/ready/);
  await vs.page.waitForTimeout(1_500); // long enough for the answer that must not come
  assert.equal(await vs.squiggles().count(), 0);
  await vs.cursor(4, 8);
  await vs.page.keyboard.press('Control+Space');
  await vs.page.waitForTimeout(1_000);
  assert.deepEqual(await vs.suggestions(), []);
});

test('a file that is not open is judged too, when it changes on disk', { timeout }, async () => {
  await vs.open('hello.yaml');
  await vs.statusSays(/ready/);
  const file = vs.file('closed.yaml');
  const valid = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, valid.replace('protocol', 'protcol'));
  await vs.command('Problems: Focus on Problems View');
  await vs.problems().filter({ hasText: 'protcol' }).first().waitFor({ timeout: SLOW });
  fs.writeFileSync(file, valid);
  await vs.problems().filter({ hasText: 'protcol' }).first().waitFor({ state: 'detached', timeout: SLOW });
  await vs.command('View: Hide Panel');
});

test('nothing was asked of another host', () => {
  // VS Code's own service worker answers these addresses; they never leave the browser.
  const others = vs.outside.filter((url) => !/^https:\/\/[^/]*\.vscode-resource\.vscode-cdn\.net\//.test(url));
  assert.deepEqual(others, []);
});
