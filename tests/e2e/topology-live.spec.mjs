// The topology of two clusters: what they have, beside what the files say, kept up to date; files marked that are not well in a cluster.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { commandLine } from './lib/deploying.mjs';
import { useSandbox } from './lib/sandbox.mjs';
import { until } from './lib/until.mjs';
import { accessibilityProblems, THEMES, views } from './lib/views.mjs';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const sandbox = useSandbox();
const settings = () => ({
  'gatewayLsp.kubeconfig': sandbox.up(),
  'gatewayLsp.clusters': [
    { name: 'Shop EKS', context: 'sandbox-eks', label: 'Shop EKS', provider: 'eks' },
    { name: 'Shop GKE', context: 'sandbox-gke', label: 'Shop GKE', provider: 'gke' },
  ],
});
const vs = useWorkbench({ files: ['samples/multi-cluster'], viewport: { width: 1560, height: 880 }, settings });
const { pane, rows, open, connect } = views(vs);
const timeout = 120_000;
const axe = fs.readFileSync(createRequire(new URL('../../client-vscode/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');

const { run: cli, apply } = commandLine(vs, sandbox);

let view;
const source = (name) => view.getByRole('radiogroup', { name: 'Source' }).getByText(name, { exact: true });
const card = (title) => view.locator('.card', { has: view.locator('.title', { hasText: new RegExp(`^${title}$`) }) });
const frames = () => view.locator('.frame.cluster .name').allTextContents();
const legend = () => view.getByRole('list', { name: 'Marks' });

/** Writes a file of the workspace as from outside, and waits for the editor that has it open. */
function edit(file, change) {
  const text = fs.readFileSync(vs.file(file), 'utf8');
  const after = change(text);
  assert.notEqual(after, text);
  fs.writeFileSync(vs.file(file), after);
  return text;
}

test('what is planned and what two clusters have is one click away', { timeout }, async () => {
  apply('', 'sandbox-eks', 'sandbox-gke');
  await vs.open('30-split.yaml');
  await vs.statusSays(/ready/);
  await vs.command('Gateway LSP: Show Traffic Topology');
  view = await vs.webview('Traffic Topology');
  await view.locator('svg.topology .card').first().waitFor({ timeout: SLOW });
  assert.equal(await source('Live').isVisible(), false, 'nothing to choose without a cluster');
  await open();
  await connect('Shop EKS', 'Shop GKE');
  await source('Live').click();
  await until('both clusters are drawn', async () => (await frames()).filter((one) => one.startsWith('Shop')).join() === 'Shop EKS,Shop GKE', SLOW);
  assert.equal(await card('front').count(), 2);
  await vs.command('View: Close Primary Side Bar');
  await vs.border(480);
  await view.getByRole('button', { name: 'Show all of it' }).click();
  await vs.page.mouse.move(1100, 950);
  await vs.shot('topology-live-clusters');
});

test('after an apply, clusters have what the files say; an edit shows what the next one would change', { timeout }, async () => {
  await source('Difference').click();
  await legend().getByText('The clusters have what the files say.').waitFor({ timeout: SLOW });
  const before = edit('30-split.yaml', (s) => s.replace('weight: 80', 'weight: 60').replace('weight: 20', 'weight: 40'));
  await legend().getByText('4 changed by an apply').waitFor({ timeout: SLOW });
  await view.locator('.label text', { hasText: '80 % → 60 %' }).first().waitFor();
  fs.writeFileSync(vs.file('99-extra.yaml'), before.replace('name: split', 'name: extra').replace(/split\./g, 'extra.'));
  await legend().getByText('only in the files').waitFor({ timeout: SLOW });
  await view.locator('.card.mark-added .title', { hasText: 'extra' }).first().waitFor();
  await view.getByRole('button', { name: 'Filter' }).click();
  for (const host of ['split', 'extra']) await view.getByRole('dialog', { name: 'Filter' }).getByLabel(`${host}.demo.example`, { exact: true }).check();
  await card('canary').first().waitFor({ state: 'detached' });
  await vs.page.keyboard.press('Escape');
  await view.getByRole('button', { name: 'Show all of it' }).click();
  await vs.shot('topology-difference');
  await view.getByRole('button', { name: 'Filter' }).click();
  await view.getByRole('button', { name: 'Clear filters' }).click();
  await card('canary').first().waitFor();
  await vs.page.keyboard.press('Escape');
  await view.getByRole('combobox', { name: 'Clusters' }).selectOption({ label: 'Shop GKE' });
  await until('only one of them is drawn', async () => !(await frames()).includes('Shop EKS'));
  await legend().getByText('2 changed by an apply').waitFor();
  await view.getByRole('combobox', { name: 'Clusters' }).selectOption({ label: 'All clusters' });
  fs.writeFileSync(vs.file('30-split.yaml'), before);
  fs.rmSync(vs.file('99-extra.yaml'));
  await legend().getByText('The clusters have what the files say.').waitFor({ timeout: SLOW });
});

test('what changes in a cluster shows by itself', { timeout }, async () => {
  await source('Live').click();
  await card('front').nth(1).waitFor();
  fs.writeFileSync(vs.file('late.yaml'), fs.readFileSync(vs.file('30-split.yaml'), 'utf8').replace('name: split', 'name: late').replace(/split\./g, 'late.'));
  apply('late.yaml', 'sandbox-gke');
  await card('late').waitFor({ timeout: SLOW });
  assert.equal(await card('late').count(), 1);
  cli('rollback', '--context', 'sandbox-gke', '--yes');
  await card('late').waitFor({ state: 'detached', timeout: SLOW });
  fs.rmSync(vs.file('late.yaml'));
});

test('a file with an object that is not well in a cluster has a badge, and loses it when that is mended', { timeout }, async () => {
  await vs.command('Explorer: Focus on Folders View');
  const entry = vs.page.locator('.explorer-folders-view .monaco-list-row', { hasText: '20-helloworld.yaml' });
  const badge = () => entry.evaluate((row) => [...row.querySelectorAll('*')].map((one) => getComputedStyle(one, '::after').content).join(''));
  await entry.waitFor();
  assert.doesNotMatch(await badge(), /✗/);
  sandbox.run('fail', 'service/demo/helloworld-v1@sandbox-eks', '--down');
  await until('the file has a badge', async () => /✗/.test(await badge()), SLOW);
  await vs.shot('badge');
  sandbox.run('heal');
  await until('the badge is gone', async () => !/✗/.test(await badge()), SLOW);
  await vs.command('Notifications: Clear All Notifications');
});

test('with clusters, what a screen reader gets is in order in all themes', { timeout }, async () => {
  await source('Difference').click();
  await legend().waitFor();
  for (const [theme, name] of Object.entries(THEMES)) {
    vs.server.writeSettings({ ...settings(), 'workbench.colorTheme': theme });
    await vs.page.locator(`.monaco-workbench.${name}`).waitFor();
    await until('the page has the theme', async () => (await view.locator('body').getAttribute('data-vscode-theme-id')) === theme);
    assert.deepEqual(await accessibilityProblems(view.locator('body'), axe), [], theme);
    await vs.shot(`topology-difference-${name}`);
  }
  vs.server.writeSettings(settings());
});

test('a cluster that does not answer keeps its last state, and says so', { timeout }, async () => {
  await source('Live').click();
  sandbox.run('fail', 'sandbox-gke', '--down');
  await legend().getByText('Last state: Shop GKE does not answer.').waitFor({ timeout: 60_000 });
  assert.equal(await card('front').count(), 2);
  sandbox.run('heal');
  await legend().getByText('Last state: Shop GKE does not answer.').waitFor({ state: 'detached', timeout: 90_000 });
});
