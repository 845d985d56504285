// What goes wrong in clusters at night, and the way out: endpoints that are gone, a cluster that is lost, traffic shifted and brought back.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { commandLine, deploying } from './lib/deploying.mjs';
import { useSandbox } from './lib/sandbox.mjs';
import { until } from './lib/until.mjs';
import { views } from './lib/views.mjs';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

/** A route at one cluster whose requests the pods of the other answer; its own would do. */
const ORDERS = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: orders
  namespace: demo
spec:
  parentRefs:
  - name: front
    sectionName: http
  hostnames:
  - orders.demo.example
  rules:
  - backendRefs:
    - group: multicluster.x-k8s.io
      kind: ServiceImport
      name: echoserver
      port: 80
      weight: 100
    - name: echoserver
      port: 80
      weight: 0
`;
const EXPORT = `apiVersion: multicluster.x-k8s.io/v1alpha1
kind: ServiceExport
metadata:
  name: echoserver
  namespace: demo
`;

const sandbox = useSandbox();
const settings = () => ({
  'gatewayLsp.kubeconfig': sandbox.up(),
  'gatewayLsp.clusters': [
    { name: 'eks', context: 'sandbox-eks', label: 'Shop EKS', provider: 'eks' },
    { name: 'gke', context: 'sandbox-gke', label: 'Shop GKE', provider: 'gke' },
  ],
});
const vs = useWorkbench({ files: ['samples/multi-cluster'], viewport: { width: 1440, height: 900 }, settings });
const { row, pane, open: openViews, titleAction, connect, settled } = views(vs);
const { notification, confirm, startAndChoose, choose, closeNotifications } = deploying(vs);
const { apply } = commandLine(vs, sandbox);
const timeout = 150_000;

/** Who answers requests for the route, through the Gateway of Shop EKS. */
function whoAnswers() {
  let said = '';
  try {
    said = sandbox.run('traffic', '--gateway', 'demo/front', '--host', 'orders.demo.example', '--rps', '20', '--for', '300ms');
  } catch (e) {
    said = String(e.stdout ?? ''); // requests without an answer are an exit code of its own
  }
  return [...new Set(said.match(/^ {2}\S.*?(?= {2})/gm)?.map((one) => one.trim()))].join();
}

/** The plan in the pane is looked at, confirmed and carried out. */
async function applyPlan() {
  await titleAction('Deploy', 'Apply…');
  await confirm(/^Apply$/);
  await notification('Shop EKS: applied').waitFor({ timeout: SLOW });
}

test('traffic is shifted away from backends that are gone, after a look at the change', { timeout }, async () => {
  apply('', 'sandbox-eks', 'sandbox-gke');
  fs.writeFileSync(vs.file('50-export.yaml'), EXPORT);
  fs.writeFileSync(vs.file('51-orders.yaml'), ORDERS);
  apply('50-export.yaml', 'sandbox-gke');
  apply('51-orders.yaml', 'sandbox-eks');
  await vs.open('30-split.yaml');
  await vs.statusSays(/ready/);
  await openViews();
  await connect('Shop EKS', 'Shop GKE');
  sandbox.run('fail', 'service/demo/helloworld-v1@sandbox-eks', '--down');
  await until('the shift is prepared', async () => {
    await startAndChoose('Gateway LSP: Shift Traffic', 'Away from', 'Away from what has no ready endpoints');
    return row('Deploy', 'HTTPRoute demo/split').waitFor({ timeout: 8_000 }).then(() => true, () => false);
  }, SLOW);
  await settled('Deploy');
  await row('Deploy', 'HTTPRoute demo/split').click();
  await vs.page.locator('.tab.active', { hasText: 'HTTPRoute demo/split: Shop EKS, live ↔ planned' }).waitFor();
  await vs.shot('deploy-failover');
  await applyPlan();
  const view = await vs.webview('Live Topology');
  await view.locator('svg.topology .mark-changed').first().waitFor({ timeout: SLOW });
  await vs.shot('topology-live');
  sandbox.run('heal');
  await closeNotifications();
  await vs.command('View: Close All Editors');
});

test('a cluster that is lost is told of, and the notification leads to traffic that is answered by the other one', { timeout }, async () => {
  await until('pods of the other cluster answer', () => whoAnswers() === 'sandbox-gke echoserver', SLOW);
  sandbox.run('fail', 'sandbox-gke', '--down');
  const lost = notification('Shop GKE does not answer any more');
  await lost.waitFor({ timeout: 60_000 });
  await vs.shot('clusters-lost');
  assert.match(await lost.innerText(), /Nobody listens at 127\.0\.0\.1:\d+: the server is down, or the address is wrong/);
  assert.match(await row('Clusters', 'Shop GKE').innerText(), /does not answer/);
  await pane('Clusters').locator('.monaco-list-row[aria-label*="Last state: healthy"]').first().waitFor();
  await lost.locator('.monaco-button', { hasText: 'Shift Traffic…' }).click();
  await row('Deploy', 'HTTPRoute demo/orders').waitFor({ timeout: SLOW });
  await closeNotifications();
  await settled('Deploy');
  await row('Deploy', 'HTTPRoute demo/orders').click();
  await vs.page.locator('.tab.active', { hasText: 'HTTPRoute demo/orders: Shop EKS, live ↔ planned' }).waitFor();
  for (const [side, imported, own] of [['original', 100, 0], ['modified', 0, 100]]) {
    await until(`the ${side} side of the difference`, async () => {
      const lines = (await vs.page.locator(`.editor.${side} .view-line`, { hasText: 'weight:' }).allInnerTexts()).map((one) => Number(one.replace(/\D+/g, '')));
      return lines.join() === `${imported},${own}`;
    });
  }
  await vs.shot('failover-diff');
  await applyPlan();
  await closeNotifications();
  await vs.open('51-orders.yaml');
  await vs.cursor(4, 5);
  await startAndChoose('Gateway LSP: Send Test Requests', 'Shop EKS', 'Shop EKS');
  await choose('10', '10 requests');
  await notification(/Shop EKS: As expected: 10 × 200, demo\/echoserver:80 10/).waitFor({ timeout: SLOW });
  assert.equal(whoAnswers(), 'sandbox-eks echoserver');
  await closeNotifications();
});

test('when the cluster is back, so is its traffic, after another look', { timeout }, async () => {
  sandbox.run('heal');
  await notification('Shop GKE answers again').waitFor({ timeout: 90_000 });
  await closeNotifications();
  await until('the way back is prepared', async () => {
    await startAndChoose('Gateway LSP: Shift Traffic', 'Back to', 'Back to where it went before');
    return pane('Deploy').getByText('Nothing has been written').waitFor({ timeout: 8_000 }).then(() => true, () => false);
  }, SLOW);
  await row('Deploy', /demo\/orders\s*changed/).waitFor();
  await applyPlan();
  await until('pods of the other cluster answer again', () => whoAnswers() === 'sandbox-gke echoserver', SLOW);
});
