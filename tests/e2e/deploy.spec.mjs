// Clusters at a glance and the way of a manifest into them, on the sandbox: connect, compare, apply, look, send, roll back.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
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

const { pane, rows, row, open: openViews, act, titleAction, connect, scrollTo } = views(vs);

const notification = (text) => vs.page.locator('.notification-list-item', { hasText: text }).first();
const dialog = () => vs.page.locator('.monaco-dialog-box');

/** A click on a dialog that is still being shown reaches nobody: clicked until it is gone. */
async function confirm(button) {
  for (let attempt = 0; attempt < 4; attempt++) {
    await dialog().locator('.monaco-button', { hasText: button }).click({ timeout: attempt ? 2_000 : undefined }).catch((error) => { if (!attempt) throw error; });
    if (await dialog().waitFor({ state: 'hidden', timeout: 3_000 }).then(() => true, () => false)) return;
  }
}

/** Runs a command that asks something. */
async function start(title) {
  await vs.page.keyboard.press('F1');
  await vs.pick(`>${title}`, title);
}

/** Runs a command and takes a row of the list that it opens. A list closes when the focus goes elsewhere, as by a view that is just filled: then once more, as people do. */
async function startAndChoose(title, text, row) {
  for (let attempt = 1; ; attempt++) {
    await start(title);
    try {
      await vs.page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor({ timeout: 5_000 });
      await vs.pick(text, row, 5_000);
      return;
    } catch (e) {
      if (attempt === 3) throw e;
      await vs.page.keyboard.press('Escape');
    }
  }
}

/** Takes a row of the list that comes next: the one before it may still be open. */
async function choose(text, row) {
  await vs.page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor();
  await vs.pick(text, row);
}

const closeNotifications = () => vs.command('Notifications: Clear All Notifications');

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
  await vs.shot('clusters-objects');
  await act('Clusters', 'split', 'Describe');
  const page = await vs.webview('Preview demo-httproute-split.md');
  await page.locator('h1', { hasText: 'HTTPRoute demo/split' }).waitFor({ timeout: SLOW });
  await page.getByText('✓ healthy').first().waitFor();
  await vs.shot('clusters-describe');
});

test('a live object opens read-only, compares with its file, and is pulled into the workspace', { timeout }, async () => {
  await (await scrollTo('Clusters', 'canary')).click();
  await vs.page.locator('.tab.active', { hasText: 'demo-httproute-canary.yaml' }).waitFor();
  await vs.line('resourceVersion').waitFor();
  await vs.shot('clusters-live');
  await act('Clusters', 'canary', 'Compare');
  await vs.page.locator('.tab.active', { hasText: 'HTTPRoute demo/canary: Shop EKS ↔ 31-canary.yaml' }).waitFor();
  await vs.shot('clusters-compare');
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
  await vs.command('View: Close All Editors in Group');
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

test('traffic is shifted away from backends that are gone, after a look at the change', { timeout }, async () => {
  await titleAction('Deploy', 'Close Plan');
  sandbox.run('fail', 'service/demo/helloworld-v1@sandbox-eks', '--down');
  await until('the shift is prepared', async () => {
    await startAndChoose('Gateway LSP: Shift Traffic', 'Away from', 'Away from what has no ready endpoints');
    return row('Deploy', 'HTTPRoute demo/split').waitFor({ timeout: 8_000 }).then(() => true, () => false);
  }, SLOW);
  await row('Deploy', 'HTTPRoute demo/split').click();
  await vs.page.locator('.tab.active', { hasText: 'HTTPRoute demo/split: Shop EKS, live ↔ planned' }).waitFor();
  await vs.shot('deploy-failover');
  await titleAction('Deploy', 'Apply…');
  await confirm(/^Apply$/);
  await notification('Shop EKS: applied').waitFor({ timeout: SLOW });
  await notification('Shop EKS: applied').locator('.monaco-button', { hasText: 'Show Live Topology' }).click();
  const view = await vs.webview('Live Topology');
  await view.locator('svg.topology .mark-changed').first().waitFor({ timeout: SLOW });
  await vs.shot('topology-live');
  sandbox.run('heal');
});

test('a cluster that is lost is told of, and seen in tree and status bar', { timeout }, async () => {
  sandbox.run('fail', 'sandbox-gke', '--down');
  await notification('Shop GKE does not answer any more').waitFor({ timeout: 60_000 });
  await vs.shot('clusters-lost');
  assert.match(await row('Clusters', 'Shop GKE').innerText(), /does not answer/);
  sandbox.run('heal');
  await notification('Shop GKE answers again').waitFor({ timeout: 90_000 });
});
