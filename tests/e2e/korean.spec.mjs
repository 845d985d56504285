// The extension in Korean: its own texts, those of the manifest, findings, and the webview.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { until } from './lib/until.mjs';
import { SLOW, useWorkbench } from './lib/workbench.mjs';

const vs = useWorkbench({ files: ['tests/e2e/fixtures', 'tests/e2e/fixtures-topology'], viewport: { width: 1480, height: 840 }, language: 'ko' });
const timeout = 90_000;
const KOREAN = /[\uac00-\ud7a3]/;
let view;

test('findings and their fixes are said in Korean', { timeout }, async () => {
  await vs.open('broken.yaml');
  await vs.squiggles().first().waitFor({ timeout: SLOW });
  await vs.command('Problems: Focus on Problems View');
  await vs.problems().filter({ hasText: 'hostnmes' }).first().waitFor();
  assert.match(await vs.problems().filter({ hasText: 'hostnmes' }).first().innerText(), /필드가 없습니다/);
  await vs.command('View: Hide Panel');
  await vs.cursor(9, 5);
  await vs.quickFix('hostnames', async () => assert.match(await vs.page.locator('.action-widget .monaco-list-row', { hasText: 'hostnames' }).first().innerText(), KOREAN));
  await vs.page.keyboard.press('Control+z');
});

test('the topology and the trace of a request are in Korean', { timeout }, async () => {
  await vs.open('shop.yaml');
  await vs.command('View: Close Primary Side Bar').catch(() => undefined);
  await vs.palette();
  await vs.page.locator('.quick-input-box input').fill('>Gateway LSP: 트래픽 토폴로지 보기');
  await vs.page.locator('.quick-input-list .monaco-list-row', { hasText: /: 트래픽 토폴로지 보기\s*Gateway LSP: Show Traffic Topology$/ }).click();
  view = await vs.webview('트래픽 토폴로지');
  await view.locator('svg.topology .card').first().waitFor({ timeout: SLOW });
  assert.equal(await view.getByPlaceholder('검색').count(), 1);
  const words = await view.locator('svg.topology .card text, svg.topology .frame text').allTextContents();
  for (const word of ['클라이언트', '외부에서']) assert.ok(words.includes(word), words.join(' | '));
  assert.ok(words.some((one) => /^네임스페이스 /.test(one)), words.join(' | '));
  await view.getByRole('button', { name: '요청 추적' }).first().click();
  await view.locator('#trace-gateway').selectOption('infra/storefront');
  await view.locator('#trace-request').fill('GET https://shop.example.com/cart');
  await vs.page.keyboard.press('Enter');
  await view.locator('.why li').first().waitFor();
  const why = await view.locator('.why li').allInnerTexts();
  assert.deepEqual(why.filter((line) => !KOREAN.test(line)), []);
  await vs.page.mouse.move(1100, 820);
  await vs.shot('topology-ko');
});

test('hints explain themselves in Korean', { timeout }, async () => {
  await vs.command('View: Focus First Editor Group');
  await vs.open('shop.yaml');
  await vs.cursor(fs.readFileSync(vs.file('shop.yaml'), 'utf8').split('\n').findIndex((one) => one.includes('weight: 90')) + 1, 1);
  const hint = vs.line('weight: 90').first().locator('span', { hasText: /^\s*90\s%\s*$/ }).first();
  await until('the hint is explained', async () => {
    await vs.page.mouse.move(300, 600);
    await hint.hover();
    return vs.page.locator('.monaco-hover:not(.hidden)', { hasText: '가중치' }).first().waitFor({ timeout: 2_000 }).then(() => true, () => false);
  });
});
