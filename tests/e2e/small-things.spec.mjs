// What makes the extension one that people know their way around in: links, menus, the walkthrough, a report.
import assert from 'node:assert/strict';
import os from 'node:os';
import { test } from 'node:test';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const vs = useWorkbench();
const timeout = 90_000;
const entries = () => vs.page.locator('.context-view .action-menu-item, .monaco-menu .action-menu-item');

/** The titles of the menu that a click of the right button opens. */
async function menuOf(target) {
  await target.click({ button: 'right' });
  await entries().first().waitFor();
  const titles = await entries().allInnerTexts();
  await vs.page.keyboard.press('Escape');
  await entries().first().waitFor({ state: 'detached' });
  return titles.map((one) => one.trim());
}

test('the code of a problem leads to the page of its rule', { timeout }, async () => {
  await vs.open('broken.yaml');
  await vs.squiggles().first().waitFor({ timeout: SLOW });
  await vs.command('Problems: Focus on Problems View');
  const link = vs.problems().filter({ hasText: 'hostnmes' }).locator('a', { hasText: 'unknown-field' }).first();
  await link.waitFor();
  await link.click({ modifiers: ['ControlOrMeta'] });
  await vs.page.locator('.tab', { hasText: 'unknown-field.md' }).waitFor();
  await vs.command('View: Close All Editors');
  await vs.command('View: Hide Panel');
});

test('menus of the explorer and the editor have our entries for manifests, and not for the YAML of others', { timeout }, async () => {
  await vs.open('hello.yaml');
  await vs.statusSays(/ready/);
  const row = (name) => vs.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
  assert.ok((await menuOf(row('hello.yaml'))).includes('Show Traffic Topology of This File'));
  const title = vs.page.locator('.editor-actions .action-label[aria-label^="Show Traffic Topology"]');
  await title.waitFor();
  const own = await menuOf(vs.line('gatewayClassName').first());
  for (const entry of ['Show Traffic Topology of This Object', 'Trace a Request']) assert.ok(own.includes(entry), own.join());
  assert.ok(!own.some((one) => /Apply|Differences/.test(one)), 'nothing of clusters while none is connected');
  await vs.open('foreign.yaml');
  await title.waitFor({ state: 'detached' });
  const foreign = await menuOf(vs.line('kind').first());
  assert.ok(!foreign.some((one) => /Topology|Trace/.test(one)), foreign.join());
});

test('a report has what is needed and nothing that tells of the user', { timeout }, async () => {
  await vs.open('hello.yaml');
  await vs.command('Gateway LSP: Report Issue…');
  await vs.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await vs.line('## What happened').first().waitFor();
  const text = (await vs.editor().locator('.view-lines').innerText()).replaceAll('\u00a0', ' ');
  assert.match(text, /Gateway LSP \d+\.\d+\.\d+/);
  assert.ok(!text.includes(os.homedir()), text);
  assert.ok(!text.includes(vs.server.workspace), text);
  await vs.command('View: Revert and Close Editor');
});

test('the walkthrough has a picture for each step', { timeout }, async () => {
  await vs.palette();
  await vs.pick('>Welcome: Open Walkthrough', 'Welcome: Open Walkthrough');
  await vs.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Gateway' }).first().click();
  const steps = vs.page.locator('.gettingStartedContainer .getting-started-step');
  await steps.first().waitFor();
  assert.equal(await steps.count(), 6);
  for (let i = 0; i < 6; i++) {
    await steps.nth(i).click();
    const picture = vs.page.locator('.gettingStartedContainer .getting-started-media img').first();
    await picture.waitFor();
    await vs.page.waitForFunction((image) => image.complete && image.naturalWidth > 400, await picture.elementHandle());
  }
  await vs.shot('walkthrough');
});
