// Clusters at a glance and the way of a manifest into them, on the sandbox: connect, compare, apply, look, send, roll back.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { deploying } from './lib/deploying.mjs';
import { useSandbox } from './lib/sandbox.mjs';
import { until } from './lib/until.mjs';
import { accessibilityProblems, THEMES, views } from './lib/views.mjs';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const sandbox = useSandbox();
const settings = () => ({
  'gatewayLsp.kubeconfig': sandbox.up(),
  'gatewayLsp.clusters': [
    { name: 'eks', context: 'sandbox-eks', label: 'Shop EKS', provider: 'eks' },
    { name: 'gke', context: 'sandbox-gke', label: 'Shop GKE', provider: 'gke', protected: true },
  ],
});
const vs = useWorkbench({
  files: ['samples/multi-cluster'],
  viewport: { width: 1440, height: 900 },
  settings,
});
const timeout = 120_000;

const { pane, rows, row, open: openViews, act, menu, unfold, titleAction, connect, scrollTo } = views(vs);

const { notification, dialog, confirm, startAndChoose, choose, closeNotifications } = deploying(vs);

test('contexts of the kubeconfig are listed, and connected with a click', { timeout }, async () => {
  await vs.open('30-split.yaml');
  await vs.statusSays(/ready/);
  await openViews();
  await row('Clusters', 'Shop EKS').waitFor();
  assert.equal(await rows('Clusters').count(), 2);
  await vs.shot('clusters-contexts');
  await connect('Shop EKS', 'Shop GKE');
  await vs.shot('clusters-connected');
});

test('manifests are compared with both clusters before anything is written', { timeout }, async () => {
  await startAndChoose('Gateway LSP: Apply to Clusters', 'All manifests', 'All manifests of the workspace');
  await vs.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Shop GKE' }).waitFor();
  await vs.page.keyboard.press('Enter');
  await row('Deploy', 'Shop EKS').waitFor({ timeout: SLOW });
  assert.match(await row('Deploy', 'Shop EKS').innerText(), /\d+ new/);
  await pane('Deploy').getByText('Nothing has been written').waitFor();
  await (await scrollTo('Deploy', 'HTTPRoute demo/split')).click();
  await vs.page.locator('.tab.active', { hasText: 'HTTPRoute demo/split: Shop EKS' }).waitFor();
  await vs.page.locator('.editor.modified .view-line', { hasText: 'helloworld-v1' }).first().waitFor();
  await vs.shot('deploy-plan');
  assert.doesNotMatch(sandbox.run('status'), /demo\/front/);
});

test('what a screen reader gets of the views is in order in all themes', { timeout }, async () => {
  const axe = fs.readFileSync(createRequire(new URL('../../client-vscode/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');
  for (const [theme, name] of Object.entries(THEMES)) {
    vs.server.writeSettings({ ...settings(), 'workbench.colorTheme': theme });
    await vs.page.locator(`.monaco-workbench.${name}`).waitFor();
    // Label and description of a row are put together by VS Code without a blank, which no spoken text can contain.
    for (const title of ['Clusters', 'Deploy']) assert.deepEqual(await accessibilityProblems(pane(title).locator('.monaco-list-rows'), axe, ['label-content-name-mismatch']), [], `${title}, ${theme}`);
  }
  vs.server.writeSettings(settings());
  await vs.page.locator('.monaco-workbench.vs').waitFor();
});

test('what is written is confirmed, and the name of a protected target typed', { timeout }, async () => {
  await titleAction('Deploy', 'Apply…');
  await dialog().getByText('Apply to Shop EKS, Shop GKE?').waitFor();
  await vs.shot('deploy-confirm');
  await confirm(/^Apply$/);
  const input = vs.page.locator('.quick-input-widget input');
  await vs.page.locator('.quick-input-title', { hasText: 'Shop GKE is protected' }).waitFor();
  await input.fill('sandbox-gk');
  await vs.page.locator('.quick-input-message', { hasText: 'This is not sandbox-gke' }).waitFor();
  await input.fill('sandbox-gke');
  await vs.page.keyboard.press('Enter');
  await notification('Shop GKE: applied').waitFor({ timeout: SLOW });
  await vs.shot('deploy-applied');
  await row('Deploy', /Shop EKS\s*applied/).waitFor();
  await closeNotifications();
});

test('the tree shows Gateways and routes with their state and addresses', { timeout }, async () => {
  await until('the Gateway is programmed', async () => /Gateway.*127\./s.test(await (await scrollTo('Clusters', 'front')).innerText()), SLOW);
  await act('Clusters', 'split', 'Describe');
  const page = await vs.webview('Preview demo-httproute-split.md');
  await page.locator('h1', { hasText: 'HTTPRoute demo/split' }).waitFor({ timeout: SLOW });
  await page.getByText('✓ healthy').first().waitFor();
  await vs.shot('clusters-describe');
});

test('a manifest tells on hover, and above it, what the clusters have of it', { timeout }, async () => {
  await vs.command('View: Close All Editors');
  await vs.open('30-split.yaml');
  await vs.page.locator('.codelens-decoration', { hasText: 'Shop EKS: accepted' }).first().waitFor({ timeout: SLOW });
  await vs.page.mouse.move(900, 780);
  await vs.shot('clusters-objects');
  let text = '';
  await until('the hover tells of both clusters', async () => {
    text = await vs.hover('kind: HTTPRoute', 'HTTPRoute', 'Shop EKS').catch(() => '');
    return /Shop GKE: accepted/.test(text);
  });
  assert.match(text, /Shop EKS: accepted\s+ready endpoints: helloworld-v1 2 of 2, helloworld-v2 2 of 2/);
  await vs.shot('hover-live');
});

test('a live object opens read-only, compares with its file, and is pulled into the workspace', { timeout }, async () => {
  await (await scrollTo('Clusters', 'canary')).click();
  await vs.page.locator('.tab.active', { hasText: 'demo-httproute-canary.yaml' }).waitFor();
  await vs.line('resourceVersion').waitFor();
  await vs.shot('clusters-live');
  await act('Clusters', 'canary', 'Compare');
  await vs.page.locator('.tab.active', { hasText: 'HTTPRoute demo/canary: Shop EKS ↔ 31-canary.yaml' }).waitFor();
  await vs.shot('clusters-compare');
  await menu('Clusters', 'canary', 'Pull Live Object into Workspace');
  await choose('New file', 'New file…');
  const file = 'demo-httproute-canary.yaml';
  const input = vs.page.locator('.quick-input-widget:not([style*="display: none"]) .quick-input-box input');
  await until('a file is asked for', async () => (await input.inputValue().catch(() => '')).endsWith(file));
  await vs.page.keyboard.press('Enter');
  const text = await until('the object is written', () => fs.existsSync(vs.file(file)) && fs.readFileSync(vs.file(file), 'utf8'));
  assert.match(text, /^apiVersion: gateway\.networking\.k8s\.io\/v1\nkind: HTTPRoute\nmetadata:\n  name: canary\n  namespace: demo\nspec:\n[\s\S]*x-canary/);
  assert.doesNotMatch(text, /^status:|managedFields|resourceVersion|uid:/m);
  await vs.page.locator('.tab.active', { hasText: file }).waitFor();
  fs.rmSync(vs.file(file)); // two files with one object are another story
  await vs.command('View: Close All Editors');
});

test('requests are sent through the Gateway, and who answers is compared with what the route says', { timeout }, async () => {
  await vs.open('30-split.yaml');
  await vs.cursor(5, 5);
  await startAndChoose('Gateway LSP: Send Test Requests', 'Shop EKS', 'Shop EKS');
  await choose('100', '100 requests');
  await notification(/Shop EKS: As expected: 100 × 200/).waitFor({ timeout: SLOW });
  const page = await vs.webview('Requests to Shop EKS');
  await page.locator('td', { hasText: 'demo/helloworld-v1:80' }).first().waitFor({ timeout: SLOW });
  await closeNotifications();
  await vs.shot('request-report');
  await vs.command('View: Close All Editors');
});

test('an edit is compared, applied and rolled back', { timeout }, async () => {
  await vs.open('30-split.yaml');
  const text = fs.readFileSync(vs.file('30-split.yaml'), 'utf8');
  fs.writeFileSync(vs.file('30-split.yaml'), text.replace('weight: 80', 'weight: 50').replace('weight: 20', 'weight: 50'));
  await vs.line('weight: 50').first().waitFor();
  await startAndChoose('Gateway LSP: Show Differences to Clusters', 'This file', 'This file');
  await vs.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Shop GKE' }).waitFor();
  await vs.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Shop GKE' }).click(); // unchecks it
  await vs.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
  await vs.page.locator('.tab.active', { hasText: 'HTTPRoute demo/split: Shop EKS, live ↔ planned' }).waitFor({ timeout: SLOW });
  await pane('Deploy').getByText('Nothing has been written').waitFor();
  await vs.page.locator('.editor.modified .view-line', { hasText: 'weight: 50' }).first().waitFor();
  await vs.shot('deploy-diff');
  await titleAction('Deploy', 'Apply…');
  await confirm(/^Apply$/);
  await notification('Shop EKS: applied').waitFor({ timeout: SLOW });
  await notification('Shop EKS: applied').locator('.monaco-button', { hasText: 'Roll Back' }).click();
  await pane('Deploy').getByText('would be taken back').waitFor({ timeout: SLOW });
  await vs.shot('deploy-rollback');
  await titleAction('Deploy', 'Roll Back…');
  await confirm('Roll Back');
  await notification('Shop EKS: rolled back').waitFor({ timeout: SLOW });
  await closeNotifications();
});

test('the history has what was applied and taken back, and leads to differences and to the way back', { timeout }, async () => {
  await unfold('History');
  await (await scrollTo('History', /split\s*taken back/)).click();
  await (await scrollTo('History', /split\s*changed/)).click();
  await vs.page.locator('.tab.active', { hasText: 'HTTPRoute demo/split: Shop EKS, before ↔ after' }).waitFor();
  await vs.page.locator('.editor.original .view-line', { hasText: 'weight: 80' }).waitFor();
  await vs.page.locator('.editor.modified .view-line', { hasText: 'weight: 50' }).first().waitFor();
  await vs.shot('deploy-history');
  await scrollTo('History', /more\s*applied/);
  await act('History', /more\s*applied/, 'Roll Back This Apply…');
  await pane('Deploy').getByText(/Apply to Shop EKS of .*would be taken back/).waitFor({ timeout: SLOW });
  await until('what was new would be removed', async () => /removed/.test(await (await scrollTo('Deploy', 'HTTPRoute demo/split')).innerText()));
  await titleAction('Deploy', 'Close Plan');
  assert.match(sandbox.run('status'), /demo\/front/, 'a look writes nothing');
});

test('what a cluster has replaces what a file says', { timeout }, async () => {
  assert.match(fs.readFileSync(vs.file('30-split.yaml'), 'utf8'), /weight: 50/);
  await menu('Clusters', 'split', 'Pull Live Object into Workspace');
  await choose('Replace', 'Replace it in 30-split.yaml');
  await vs.line('weight: 80').waitFor();
  const text = await vs.saved('30-split.yaml', (s) => s.includes('weight: 80'));
  assert.doesNotMatch(text, /weight: 50|^status:/m);
});

test('a cluster is let go with a click, and the views say what can be done then', { timeout }, async () => {
  await act('Clusters', 'Shop GKE', 'Disconnect');
  await vs.page.locator('.statusbar-item', { hasText: 'Shop GKE' }).waitFor({ state: 'detached' });
  await rows('Clusters').and(vs.page.locator('[aria-label^="Shop GKE"][aria-label*="Not connected"]')).waitFor();
  await act('Clusters', 'Shop EKS', 'Disconnect');
  await vs.page.locator('.statusbar-item', { hasText: 'Shop EKS' }).waitFor({ state: 'detached' });
  await pane('Deploy').locator('.welcome-view-content', { hasText: 'Connect to a cluster to compare your manifests with it' }).waitFor();
  await pane('History').locator('.welcome-view-content', { hasText: 'No cluster is connected.' }).waitFor();
  await vs.open('30-split.yaml');
  await vs.page.locator('.codelens-decoration', { hasText: 'Shop EKS' }).waitFor({ state: 'detached' });
});
