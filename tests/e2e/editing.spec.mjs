// What a user gets while writing a manifest.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const vs = useWorkbench({ files: ['tests/e2e/fixtures', 'tests/e2e/fixtures-stories', 'samples/hello'] });
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

/** Takes a word that is there away and completes the right one, as somebody who does not know the names. */
async function completed(file, line, word, label) {
  await vs.page.keyboard.press('Control+S');
  await vs.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  const lines = fs.readFileSync(vs.file(file), 'utf8').split('\n');
  const at = lines.findIndex((one) => one.includes(line));
  await vs.cursor(at + 1, lines[at].lastIndexOf(word) + 1);
  for (const _ of word) await vs.page.keyboard.press('Delete');
  await vs.suggestion(label);
  await vs.page.keyboard.press('Tab');
  await vs.line(line.replace(word, label)).first().waitFor();
}

test('a route is written from nothing with completions only, attaches, and has no problem', { timeout }, async () => {
  await vs.open('fresh.yaml');
  await vs.suggestion('HTTPRoute');
  await vs.shot('completion-resource');
  await vs.page.keyboard.press('Tab');
  await vs.line('kind: HTTPRoute').waitFor();
  await vs.page.keyboard.press('Escape'); // no more stops of the snippet
  const lines = (await vs.saved('fresh.yaml', (s) => s.includes('my-httproute'))).split('\n');
  await vs.newLineAfter(lines.findIndex((one) => one.includes('my-httproute')) + 1, '  na');
  await vs.suggestion('namespace');
  await vs.page.keyboard.press('Tab');
  await vs.line('namespace:').waitFor();
  await vs.suggestion('hello');
  await vs.page.keyboard.press('Tab');
  await vs.line('namespace: hello').waitFor();
  await completed('fresh.yaml', '- name: my-gateway', 'my-gateway', 'web');
  await completed('fresh.yaml', '- www.example.com', 'www.example.com', 'hello.example.com');
  await completed('fresh.yaml', '- name: my-service', 'my-service', 'greeter');
  await vs.page.locator('.codelens-decoration', { hasText: 'parents: 1 of 1 attaches' }).first().waitFor();
  await vs.squiggles().first().waitFor({ state: 'detached' });
  const text = await vs.saved('fresh.yaml', (s) => s.includes('greeter'));
  assert.equal(text, `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: my-httproute
  namespace: hello
spec:
  parentRefs:
  - name: web
  hostnames:
  - hello.example.com
  rules:
  - matches:
    - path:
        type: PathPrefix
        value: /
    backendRefs:
    - name: greeter
      port: 8080
`);
  await vs.command('Problems: Focus on Problems View');
  await vs.problems().filter({ hasText: 'legacy.yaml' }).first().waitFor();
  assert.equal(await vs.problems().filter({ hasText: 'fresh.yaml' }).count(), 0);
  await vs.command('View: Hide Panel');
});

test('a manifest of the first draft is migrated by its light bulb or by the command, and nothing is left to mend', { timeout }, async () => {
  await vs.open('legacy.yaml');
  await vs.squiggles().first().waitFor();
  await vs.shot('migrate-before');
  await vs.cursor(20, 10);
  await vs.quickFix('Migrate this file to gateway.networking.k8s.io/v1');
  await vs.line('parentRefs:').waitFor();
  await vs.page.keyboard.press('Control+z');
  await vs.line('forwardTo:').waitFor();
  await vs.squiggles().first().waitFor();
  await vs.command('Gateway LSP: Migrate This File to gateway.networking.k8s.io/v1');
  await vs.line('parentRefs:').waitFor();
  await vs.cursor(1, 1);
  await vs.page.locator('.codelens-decoration', { hasText: 'parents: 1 of 1 attaches' }).first().waitFor();
  await vs.squiggles().first().waitFor({ state: 'detached' });
  const text = await vs.saved('legacy.yaml', (s) => s.includes('backendRefs'));
  assert.equal(text, `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: old-greetings
  namespace: hello
spec:
  parentRefs:
    - name: web
      namespace: hello
  hostnames:
    - hello.example.com
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /old
      backendRefs:
        # still answers
        - name: greeter
          port: 8080
`);
  await vs.shot('migrate-after');
});

test('a manifest that was never saved is served too', { timeout }, async () => {
  await vs.newYaml();
  await vs.page.keyboard.type('apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nhostnmes: 1\n');
  await vs.squiggles().first().waitFor();
});
