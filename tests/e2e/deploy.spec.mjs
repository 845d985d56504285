// Clusters at a glance and the way of a manifest into them, on the sandbox: connect, compare, apply, look, send, roll back.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { useSandbox } from './lib/sandbox.mjs';
import { until } from './lib/until.mjs';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const sandbox = useSandbox();
const vs = useWorkbench({
  files: ['samples/multi-cluster'],
  viewport: { width: 1440, height: 900 },
  settings: () => ({
    'gatewayLsp.kubeconfig': sandbox.up(),
    'gatewayLsp.clusters': [
      { name: 'eks', context: 'sandbox-eks', label: 'Shop EKS', provider: 'eks' },
      { name: 'gke', context: 'sandbox-gke', label: 'Shop GKE', provider: 'gke', protected: true },
    ],
    ...(process.env.GATEWAY_LSP_DEBUG_BIN ? { 'gatewayLsp.server.path': process.env.GATEWAY_LSP_DEBUG_BIN } : {}),
  }),
});
const timeout = 120_000;

const pane = (title) => vs.page.locator('.split-view-view', { has: vs.page.locator(`.pane-header[aria-label^="${title}"]`) });
const rows = (title) => pane(title).locator('.monaco-list-row');
const row = (title, text) => rows(title).filter({ hasText: text }).first();
const notification = (text) => vs.page.locator('.notification-list-item', { hasText: text }).first();
const dialog = () => vs.page.locator('.monaco-dialog-box');

async function openViews() {
  await vs.page.locator('.activitybar .action-label[aria-label="Gateway LSP"]').click();
  await rows('Clusters').first().waitFor();
}

test('contexts of the kubeconfig are listed, and connected with a click', { timeout }, async () => {
  await vs.open('30-split.yaml');
  await vs.statusSays(/ready/);
  await openViews();
  await row('Clusters', 'Shop EKS').waitFor();
  assert.equal(await rows('Clusters').count(), 2);
  await vs.shot('clusters-contexts');
  await row('Clusters', 'Shop EKS').hover();
  await row('Clusters', 'Shop EKS').locator('.action-label[aria-label^="Connect"]').click();
  await vs.page.locator('.statusbar-item', { hasText: 'Shop EKS' }).waitFor({ timeout: SLOW });
  await vs.shot('clusters-connected');
});
