// The traffic topology: drawn, kept up to date, a way to the manifests; requests followed in it; expectations as tests.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { until } from './lib/until.mjs';
import { accessibilityProblems, THEMES } from './lib/views.mjs';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const vs = useWorkbench({ files: ['tests/e2e/fixtures-topology'], viewport: { width: 1480, height: 840 } });
const timeout = 90_000;
const TITLE = 'Traffic Topology';

/** Opens the manifest at the left, wherever the keyboard is. */
async function manifest() {
  await vs.command('View: Focus First Editor Group');
  await vs.open('shop.yaml');
}

/** The page of the topology, opened beside the manifest. */
async function topology() {
  await manifest();
  if (!(await vs.page.locator('.tab', { hasText: TITLE }).count())) {
    await vs.statusSays(/ready/);
    await vs.command('View: Close Primary Side Bar').catch(() => undefined);
    await vs.command('Gateway LSP: Show Traffic Topology');
  }
  const view = await vs.webview(TITLE);
  await view.locator('svg.topology .card').first().waitFor({ timeout: SLOW });
  return view;
}

const card = (view, title) => view.locator('.card', { has: view.locator('.title', { hasText: new RegExp(`^${title}$`) }) });
const row = (view, text) => view.locator('.row', { hasText: text });
/** The label of lines, in the order of the drawing. */
const labels = (view) => view.locator('.label text').allTextContents();

/** Waits until nothing of such elements is cut at an edge of the drawing, or at its sides alone. */
const inSight = (view, selector, sidesOnly = false) => until(`all of ${selector} is in sight`, () => view.locator('svg.topology').evaluate((svg, [selector, sidesOnly]) => {
  const box = svg.getBoundingClientRect();
  const all = [...svg.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
  return all.length > 0 && all.every(({ left, right, top, bottom }) => left >= box.left && right <= box.right && (sidesOnly || (top >= box.top && bottom <= box.bottom)));
}, [selector, sidesOnly]));

test('beside the manifest it opens with its whole width in sight, and opened again as the user left it', { timeout }, async () => {
  const view = await topology();
  await inSight(view, '.card', true);
  const level = (within) => within.locator('.zoom-level').innerText();
  const first = await level(view);
  await vs.shot('topology-narrow');
  await view.getByRole('button', { name: 'Zoom in' }).click();
  await view.getByRole('button', { name: 'Zoom in' }).click();
  const wanted = await until('it is larger', async () => (await level(view)) !== first && level(view));
  await vs.page.waitForTimeout(800); // what stays is kept
  await vs.page.locator('.tab', { hasText: TITLE }).locator('.codicon-close').click();
  await vs.page.locator('.tab', { hasText: TITLE }).waitFor({ state: 'detached' });
  const again = await topology();
  await until(`it is at ${wanted} again`, async () => (await level(again)) === wanted);
  await again.getByRole('button', { name: 'Show all of it' }).click();
  await inSight(again, '.card');
});

test('the topology of the workspace is drawn, with shares at its lines', { timeout }, async () => {
  const view = await topology();
  for (const title of ['storefront', 'shop', 'orders', 'cart-v1', 'cart-v2']) await card(view, title).first().waitFor();
  assert.deepEqual((await labels(view)).filter((one) => one.includes('%')).sort(), ['10 %', '25 %', '75 %', '90 %', 'copy of 5 %']);
  await vs.border(540);
  await view.getByRole('button', { name: 'Show all of it' }).click();
  await inSight(view, '.card');
  await vs.page.mouse.move(1100, 860); // away from the status bar and its hover
  await vs.page.waitForTimeout(700);
  await vs.shot('topology');
  await vs.border(763); // as it was
});

test('a click leads to the YAML', { timeout }, async () => {
  const view = await topology();
  await row(view, '/v1/orders').first().click();
  const line = fs.readFileSync(vs.file('shop.yaml'), 'utf8').split('\n').findIndex((one) => one.includes('/v1/orders')) + 1;
  await vs.page.locator('.line-numbers.active-line-number', { hasText: new RegExp(`^${line - 1}$`) }).waitFor();
  await card(view, 'cart-v2').first().locator('.head').click();
  await vs.page.locator('.tab.active', { hasText: 'services.yaml' }).first().waitFor();
  await view.locator('.card.dim').first().waitFor();
  await view.locator('svg.topology').press('Escape');
  await view.locator('.card.dim').first().waitFor({ state: 'detached' });
});

test('what is under the pointer is explained', { timeout }, async () => {
  const view = await topology();
  await card(view, 'storefront').locator('.head').hover();
  const tip = view.locator('.tooltip');
  await tip.filter({ hasText: '203.0.113.10' }).waitFor();
  assert.match(await tip.innerText(), /storefront\s*Gateway[\s\S]*namespace infra/);
  await vs.page.mouse.move(20, 20);
});

test('typing changes the drawing', { timeout }, async () => {
  const view = await topology();
  await view.locator('.label text', { hasText: '90 %' }).waitFor();
  const lines = fs.readFileSync(vs.file('shop.yaml'), 'utf8').split('\n');
  const line = lines.findIndex((one) => one.includes('weight: 90')) + 1;
  await manifest();
  await vs.cursor(line, lines[line - 1].indexOf('90') + 1);
  await vs.page.keyboard.press('Delete');
  await vs.page.keyboard.type('3');
  await view.locator('.label text', { hasText: '75 %' }).nth(1).waitFor();
  await vs.command('File: Revert File');
  await view.locator('.label text', { hasText: '90 %' }).waitFor();
});

test('a problem shows at its card, and goes again', { timeout }, async () => {
  const view = await topology();
  const lines = fs.readFileSync(vs.file('shop.yaml'), 'utf8').split('\n');
  const line = lines.findIndex((one) => one.includes('hostnames: [orders')) + 1;
  await manifest();
  await vs.cursor(line, lines[line - 1].indexOf('orders.example.com') + 1);
  await vs.page.keyboard.type('x.');
  await vs.cursor(line, lines[line - 1].indexOf('orders.example.com') + 3 + 'orders.example.com'.length);
  for (const _ of 'com') await vs.page.keyboard.press('Backspace');
  await vs.page.keyboard.type('org');
  await view.locator('.card.state-error .title', { hasText: 'orders' }).waitFor();
  await vs.command('File: Revert File');
  await view.locator('.card.state-error').waitFor({ state: 'detached' });
});

test('the drawing goes on after the server was restarted', { timeout }, async () => {
  const view = await topology();
  await vs.command('Gateway LSP: Restart Server');
  await vs.statusSays(/ready/);
  const lines = fs.readFileSync(vs.file('shop.yaml'), 'utf8').split('\n');
  await manifest();
  await vs.cursor(lines.findIndex((one) => one.includes('name: to-https')) + 1, '  name: to-https'.length + 1);
  await vs.page.keyboard.type('-now');
  await card(view, 'to-https-now').waitFor();
  await vs.command('File: Revert File');
  await card(view, 'to-https').waitFor();
});

test('search finds, filters narrow down', { timeout }, async () => {
  const view = await topology();
  await view.getByLabel('Search the topology').fill('recorder');
  await view.locator('.card.is-found').first().waitFor();
  assert.equal(await view.locator('.found-count').innerText(), '3');
  await view.getByLabel('Search the topology').press('Enter');
  await view.locator('.row.selected', { hasText: '/cart' }).waitFor();
  await view.getByLabel('Search the topology').press('Enter');
  await view.locator('.card.is-selected .title', { hasText: 'recorder' }).waitFor();
  await view.getByLabel('Search the topology').press('Escape');
  await view.getByRole('button', { name: 'Filter' }).click();
  await view.getByRole('dialog', { name: 'Filter' }).getByLabel('orders.example.com', { exact: true }).check();
  await card(view, 'cart-v1').first().waitFor({ state: 'detached' });
  await card(view, 'orders-read').first().waitFor();
  await vs.shot('topology-filter');
  await view.getByRole('button', { name: 'Clear filters' }).click();
  await card(view, 'cart-v1').first().waitFor();
  await vs.page.keyboard.press('Escape');
});

test('arrows walk along the lines, and Enter opens the manifest', { timeout }, async () => {
  const view = await topology();
  const focused = () => view.locator('svg.topology').evaluate((svg) => svg.ownerDocument.activeElement?.closest('[data-id]')?.getAttribute('data-id') ?? '');
  await card(view, 'storefront').locator('.head .hit').focus();
  const way = [];
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) {
    await vs.page.keyboard.press(key);
    way.push(await focused());
  }
  assert.deepEqual(way.map((id) => id.replace('Gateway/infra/storefront', 'GW')), [
    'GW#listener:http', 'GW#listener:https', way[2], way[3], way[4], way[5], way[4],
  ]);
  assert.match(way[2], /^HTTPRoute\//);
  assert.match(way[3], /#rule:0$/);
  assert.match(way[4], /^Service\//);
  assert.match(way[5], /^Deployment\//);
  await vs.page.keyboard.press('Enter');
  await vs.page.locator('.tab.active', { hasText: 'services.yaml' }).first().waitFor();
  await vs.page.keyboard.press('Escape');
});

test('the list tells the same', { timeout }, async () => {
  const view = await topology();
  await view.getByRole('button', { name: 'Show as a list' }).click();
  const list = view.getByRole('region', { name: 'Topology as a list' });
  await list.getByRole('button', { name: /90 % to Service cart-v1/ }).waitFor();
  await vs.shot('topology-list');
  await view.getByRole('button', { name: 'Show as a list' }).click();
  await card(view, 'storefront').waitFor();
});

test('a request is followed, its path shown, its outcome kept as an expectation', { timeout }, async () => {
  const view = await topology();
  const lines = fs.readFileSync(vs.file('shop.yaml'), 'utf8').split('\n');
  await manifest();
  await vs.cursor(lines.findIndex((one) => one.includes('weight: 90')) + 1, 8);
  await vs.command('Gateway LSP: Trace a Request');
  const request = view.getByLabel('Request', { exact: true });
  await until('the request fits the place', async () => (await request.inputValue()).includes('/cart'));
  await request.fill("curl -s 'https://shop.example.com/cart/7?x=1'");
  await request.press('Enter');
  await view.locator('.outcome', { hasText: '90 % shop/cart-v1:8080, 10 % shop/cart-v2:8080' }).waitFor();
  await view.locator('.line.flow').first().waitFor();
  assert.equal(await view.locator('.row.on-path').count(), 2);
  await view.locator('.card.dim .title', { hasText: 'orders' }).first().waitFor();
  assert.ok((await view.locator('.why li').count()) > 2);
  await inSight(view, '.card:not(.dim)');
  await vs.page.waitForTimeout(500);
  await vs.shot('trace');
  await view.getByRole('button', { name: 'Save as expectation' }).click();
  await manifest();
  const text = await vs.saved('shop.yaml', (s) => s.includes('# expect: GET https://shop.example.com/cart/7?x=1 -> cart-v1 90%, cart-v2 10%, mirror recorder 5%\n'));
  fs.writeFileSync(vs.file('shop.yaml'), text.split('\n').filter((one) => !one.includes('cart/7')).join('\n'));
  await view.getByRole('button', { name: 'Close' }).click();
  await view.locator('.line.flow').first().waitFor({ state: 'detached' });
});

test('the drawing is exported', { timeout }, async () => {
  const view = await topology();
  for (const [item, file, content] of [['SVG picture', 'topology.svg', /^<svg [\s\S]*storefront[\s\S]*<\/svg>\s*$/], ['Mermaid', 'topology.mmd', /^(---|flowchart)[\s\S]*storefront/], ['PNG picture', 'topology.png', /PNG/]]) {
    await view.getByRole('button', { name: 'Export' }).click();
    await view.getByRole('menuitem', { name: item }).click();
    const input = vs.page.locator('.quick-input-widget:not([style*="display: none"]) .quick-input-box input');
    await until('a file is asked for', async () => (await input.inputValue().catch(() => '')).endsWith(file));
    await vs.page.keyboard.press('Enter');
    const text = await until(`${file} is written`, () => fs.existsSync(vs.file(file)) && fs.readFileSync(vs.file(file), 'latin1'));
    assert.match(text, content);
    if (file.endsWith('svg')) assert.doesNotMatch(text, /var\(|class=|<script|href/);
    fs.rmSync(vs.file(file));
  }
  await vs.command('Notifications: Clear All Notifications');
});

test('expectations are tests', { timeout }, async () => {
  await manifest();
  await vs.command('Testing: Focus on Test Explorer View');
  const rows = vs.page.locator('.test-explorer .monaco-list-row');
  await rows.filter({ hasText: 'shop.yaml' }).first().waitFor({ timeout: SLOW });
  await vs.command('Test: Run All Tests');
  await rows.filter({ hasText: 'shop.yaml' }).first().click();
  await vs.page.keyboard.press('ArrowRight');
  await rows.filter({ hasText: 'shop.yaml' }).filter({ has: vs.page.locator('.codicon-testing-failed-icon, .codicon-testing-error-icon') }).first().waitFor();
  await rows.filter({ hasText: '/cart' }).filter({ has: vs.page.locator('.codicon-testing-passed-icon') }).first().waitFor();
  await vs.page.keyboard.press('Escape');
  await vs.shot('testing');
  await vs.command('View: Close Primary Side Bar').catch(() => undefined);
  await vs.command('View: Hide Panel').catch(() => undefined);
});

test('in all themes, what a screen reader gets is in order', { timeout }, async () => {
  const view = await topology();
  const source = fs.readFileSync(createRequire(new URL('../../client-vscode/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');
  await view.getByRole('button', { name: 'Trace a request' }).click();
  await view.getByLabel('Request', { exact: true }).fill('GET https://shop.example.com/cart');
  await vs.page.keyboard.press('Enter');
  await view.locator('.line.flow').first().waitFor();
  for (const [theme, name] of Object.entries(THEMES)) {
    vs.server.writeSettings({ 'workbench.colorTheme': theme });
    await vs.page.locator(`.monaco-workbench.${name}`).waitFor();
    await until('the page has the theme', async () => (await view.locator('body').getAttribute('data-vscode-theme-id')) === theme);
    assert.deepEqual(await accessibilityProblems(view.locator('body'), source), [], theme);
    if (name !== 'vs') await vs.shot(`topology-${name === 'vs-dark' ? 'dark' : name}`);
  }
  vs.server.writeSettings({});
  await view.getByRole('button', { name: 'Close' }).click();
});
