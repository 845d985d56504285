// What a user gets while writing a manifest.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const vs = useWorkbench();
const timeout = 90_000;

test('a misspelt field gets a squiggle and a line in the problems view', { timeout }, async () => {
  await vs.open('broken.yaml');
  await vs.squiggles().first().waitFor({ timeout: SLOW });
  assert.equal(await vs.squiggles().count(), 1);
  await vs.command('Problems: Focus on Problems View');
  const row = vs.problems().filter({ hasText: 'hostnmes' });
  await row.first().waitFor();
  assert.match(await row.first().innerText(), /gateway-lsp\s*\(?unknown-field\)?/);
  assert.match(await row.first().innerText(), /Ln 9, Col 3/);
  await vs.shot('diagnostics');
  await vs.command('View: Hide Panel');
});

test('its quick fix corrects the field, and the squiggle goes', { timeout }, async () => {
  const before = fs.readFileSync(vs.file('broken.yaml'), 'utf8');
  await vs.open('broken.yaml');
  await vs.squiggles().first().waitFor();
  await vs.cursor(9, 5);
  await vs.quickFix('hostnames', () => vs.shot('quick-fix'));
  await vs.line('hostnames:').waitFor();
  await vs.squiggles().first().waitFor({ state: 'detached' });
  assert.equal(await vs.saved('broken.yaml', (s) => !s.includes('hostnmes')), before.replace('hostnmes', 'hostnames'));
});

test('an error typed is marked at once, and unmarked when it is taken back', { timeout }, async () => {
  await vs.open('hello.yaml');
  await vs.cursor(16, 7);
  for (const _ of 'protocol') await vs.page.keyboard.press('Delete');
  await vs.page.keyboard.type('protcol');
  await vs.squiggles().first().waitFor();
  for (const _ of 'protcol') await vs.page.keyboard.press('Control+z');
  await vs.line('protocol: HTTP').waitFor();
  await vs.squiggles().first().waitFor({ state: 'detached' });
  await vs.command('File: Revert File');
});

test('a key is offered and completed', { timeout }, async () => {
  await vs.open('complete.yaml');
  await vs.newLineAfter(7, '  ho');
  await vs.suggestion('hostnames');
  assert.ok((await vs.suggestionDetails()).length > 5);
  await vs.shot('completion-key');
  await vs.page.keyboard.press('Tab');
  await vs.line('hostnames:').waitFor();
  await vs.page.keyboard.type('shop.example.com');
  await vs.page.keyboard.press('Escape');
  const text = await vs.saved('complete.yaml', (s) => s.includes('shop.example.com'));
  assert.match(text, /\n {2}hostnames:\n {2,4}- "?shop\.example\.com"?\n {2}rules:/);
});

test('a value of an enumeration is offered and completed', { timeout }, async () => {
  await vs.open('complete.yaml');
  const lines = fs.readFileSync(vs.file('complete.yaml'), 'utf8').split('\n');
  const line = lines.findIndex((l) => l.includes('type: Exact')) + 1;
  await vs.cursor(line, lines[line - 1].indexOf('Exact') + 1);
  for (const _ of 'Exact') await vs.page.keyboard.press('Delete');
  await vs.suggestion('PathPrefix');
  assert.deepEqual((await vs.suggestions()).sort(), ['Exact', 'PathPrefix', 'RegularExpression']);
  await vs.suggestionDetails();
  await vs.shot('completion-value');
  await vs.page.keyboard.press('Tab');
  await vs.saved('complete.yaml', (s) => /^ +type: PathPrefix$/m.test(s));
});

test('a key of a new list item is offered and completed', { timeout }, async () => {
  await vs.open('complete.yaml');
  const lines = fs.readFileSync(vs.file('complete.yaml'), 'utf8').split('\n');
  const port = lines.findIndex((l) => l.includes('port: 8080')) + 1;
  await vs.newLineAfter(port, '        - ');
  await vs.suggestion('name');
  await vs.page.keyboard.press('Tab');
  await vs.page.keyboard.type('spare');
  await vs.page.keyboard.press('Escape');
  await vs.saved('complete.yaml', (s) => /\n {8}- name: shop\n {10}port: 8080\n {8}- name: spare\n/.test(s));
});

test('formatting tidies the spaces and keeps the comment and the width of the indentation', { timeout }, async () => {
  await vs.open('format.yaml');
  await vs.command('Format Document');
  await vs.page.locator('.tab.active.dirty').waitFor();
  const text = await vs.saved('format.yaml', (s) => s.includes('gatewayClassName: istio'));
  assert.match(text, /^apiVersion: gateway\.networking\.k8s\.io\/v1$/m);
  assert.match(text, /^ {4}name: web +# the one and only$/m);
  assert.match(text, /^ +- name: http\n +protocol: HTTP\n +port: 80$/m);
});

test('a manifest that was never saved is served too', { timeout }, async () => {
  await vs.newYaml();
  await vs.page.keyboard.type('apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nhostnmes: 1\n');
  await vs.squiggles().first().waitFor();
});
