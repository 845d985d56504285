// What the views say to somebody who has not begun yet: an untrusted folder, no cluster, no folder.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { views } from './lib/views.mjs';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const vs = useWorkbench({ files: ['samples/hello'], trust: true });
const { pane, row, rows } = views(vs);
const timeout = 120_000;
const welcome = (title, text) => pane(title).locator('.welcome-view-content', { hasText: text });
const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{name: lab, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: me, user: {token: t}}]
contexts: [{name: lab, context: {cluster: lab, user: me}}]
`;

async function openViews() {
  await vs.page.locator('.activitybar .action-label[aria-label="Gateway LSP"]').click();
  await pane('Clusters').waitFor();
}

test('in a folder that is not trusted nothing is read, and the views lead to the trust', { timeout }, async () => {
  fs.mkdirSync(path.join(vs.server.home, '.kube'));
  fs.writeFileSync(path.join(vs.server.home, '.kube/config'), KUBECONFIG);
  await openViews();
  await welcome('Clusters', 'You do not trust this workspace, so no kubeconfig is read and no cluster is asked.').waitFor({ timeout: SLOW });
  await welcome('Deploy', 'You do not trust this workspace, so nothing can be applied from it.').waitFor();
  assert.equal(await rows('Clusters').count(), 0);
  await vs.open('hello.yaml');
  await vs.statusSays(/ready/); // manifests are checked all the same
  await vs.shot('welcome-untrusted');
});

test('with the trust the contexts are listed', { timeout }, async () => {
  await pane('Clusters').locator('.welcome-view-content .monaco-button', { hasText: 'Manage Workspace Trust' }).click();
  await vs.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).first().click();
  await row('Clusters', 'lab').waitFor({ timeout: SLOW });
  await welcome('Deploy', 'Connect to a cluster to compare your manifests with it and to apply them.').waitFor();
});

test('without a context in the kubeconfig the view tells where one is looked for, and looks again', { timeout }, async () => {
  fs.rmSync(path.join(vs.server.home, '.kube/config'));
  await pane('Clusters').locator('.pane-header').hover();
  await pane('Clusters').locator('.pane-header .action-label[aria-label^="Refresh"]').click();
  await welcome('Clusters', 'Your kubeconfig has no contexts. KUBECONFIG and ~/.kube/config are read unless the settings name another file.').waitFor();
  await vs.shot('welcome-no-context');
  fs.writeFileSync(path.join(vs.server.home, '.kube/config'), KUBECONFIG);
  await pane('Clusters').locator('.welcome-view-content .monaco-button', { hasText: 'Read Again' }).click();
  await row('Clusters', 'lab').waitFor();
});

test('without a folder clusters are there to be looked at, and a folder is asked for to apply something', { timeout }, async () => {
  await vs.page.goto(`${vs.server.base}/?ew=true`);
  await vs.page.locator('.activitybar .action-label[aria-label="Gateway LSP"]').waitFor({ timeout: SLOW });
  await openViews();
  await row('Clusters', 'lab').waitFor({ timeout: SLOW });
  await welcome('Deploy', 'Open a folder with manifests to compare them with a cluster and to apply them.').waitFor();
  await pane('Deploy').locator('.welcome-view-content .monaco-button', { hasText: 'Open Folder' }).waitFor();
  await vs.shot('welcome-no-folder');
});
