import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RecentLines } from '../src/features/log/recent';
import { reportBody } from '../src/features/report/body';
import { redact } from '../src/features/report/redact';
import type { Sent } from '../src/features/request/protocol';
import { sentLine, sentReport } from '../src/features/request/report';

declare const __EXTENSION_DIR__: string;

const TOKEN = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.${'s'.repeat(40)}`;

test('nothing that grants access or names people, accounts or machines stays in a report', () => {
  for (const [text, wanted] of [
    [`Authorization: Bearer ${TOKEN}`, /^Authorization: Bearer <token>$|^Authorization: <token>$|^Authorization: Bearer <token>/],
    ['user https://ann:hunter2@git.example.com/x', /^user https:\/\/<removed>@/],
    ['"client-key-data": "LS0tLS1CRUdJTg=="', /^"client-key-data": <removed>$/],
    ['password=hunter2; next', /^password=<removed>; next$/],
    ['arn:aws:eks:eu-west-1:123456789012:cluster/shop', /^arn:aws:eks:eu-west-1:<account>:cluster\/shop$/],
    ['gke_my-project-1_europe-west1_shop', /^gke_<project>_europe-west1_shop$/],
    ['dial 10.1.2.3:443, 127.0.0.1 is fine', /^dial <address>:443, 127\.0\.0\.1 is fine$/],
    ['https://A1B2.gr7.eu-west-1.eks.amazonaws.com/api', /^https:\/\/<host>\/api$/],
    ['ann@example.com', /^<e-mail>$/],
    ['/home/ann/shop/a.yaml', /^~\/shop\/a\.yaml$/],
    [`-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n-----END PRIVATE KEY-----`, /^<certificate or key>$/],
    ['k8s-aws-v1.aHR0cHM6Ly9zdHM', /^<token>$/],
  ] as const) assert.match(redact(text, '/home/ann'), wanted, text);
  assert.doesNotMatch(redact(`x ${TOKEN} y`, ''), /eyJ/);
  assert.equal(redact(`a\n${'- '.repeat(50_000)}\nb`, ''), `a\n${'- '.repeat(2000)} <cut>\nb`);
});

test('what holds for the server\'s log holds for reports', () => {
  const table = JSON.parse(readFileSync(join(__EXTENSION_DIR__, '../tests/redaction.json'), 'utf8')) as { text: string; secrets: string[]; kept?: string[] }[];
  for (const { text, secrets, kept } of table) {
    const clean = redact(text, '');
    if (secrets.length === 0) assert.equal(clean, text);
    for (const secret of secrets) assert.ok(!clean.includes(secret), `${text}: ${clean}`);
    for (const part of kept ?? []) assert.ok(clean.includes(part), `${text}: ${clean}`);
  }
});

test('home folders are taken out in every form that paths have', () => {
  for (const [home, text, wanted] of [
    ['C:\\Users\\Ann', 'C:\\Users\\Ann\\shop\\a.yaml', '~\\shop\\a.yaml'],
    ['C:\\Users\\Ann', '{"path":"C:\\\\Users\\\\Ann\\\\.kube\\\\config"}', '{"path":"~\\\\.kube\\\\config"}'],
    ['C:\\Users\\Ann', 'file:///c%3A/Users/Ann/shop', 'file:///~/shop'],
    ['C:\\Users\\Ann', 'file:///C:/Users/ann/shop', 'file:///~/shop'],
    ['C:\\Users\\Ann Lee', 'file:///c%3A/Users/Ann%20Lee/shop and C:\\Users\\Ann Lee\\x', 'file:///~/shop and ~\\x'],
    ['C:\\Users\\김', 'file:///c%3A/Users/%EA%B9%80/shop', 'file:///~/shop'],
    ['D:\\Profiles\\ann', 'd:\\profiles\\ann\\x, D:/Profiles/ann/y', '~\\x, ~/y'],
    ['/Users/ann', '/Users/ann/Library/x', '~/Library/x'],
    ['/Users/ann', 'file:///Users/ann/shop', 'file:~/shop'],
    ['/home/ann', 'C:\\Users\\ann\\x', '~\\x'],
    ['/home/ann', '/mnt/c/Users/ann/x', '/mnt/c~/x'],
    ['/home/ann', '\\\\wsl$\\Ubuntu\\home\\ann\\x', '\\\\wsl$\\Ubuntu~\\x'],
    ['C:\\Users\\ann', '/Users/bob/x and /home/carl/y', '~/x and ~/y'],
    ['/root', '/root/x, /rootfs/y and /root', '~/x, /rootfs/y and ~'],
    ['', '/srv/x', '/srv/x'],
    ['/', '/srv/x', '/srv/x'],
    ['C:\\', 'C:\\x', 'C:\\x'],
  ] as const) assert.equal(redact(text, home), wanted, `${home}: ${text}`);
});

test('of a secret that the log has the end of nothing stays', () => {
  assert.equal(redact(`${'A'.repeat(64)}\nQUJD\n-----END PRIVATE KEY-----\nnext`, ''), '<certificate or key>\nnext');
  assert.equal(redact('x eyJhbGciOiJSUzI1NiJ9…', ''), 'x <token>…');
});

test('every line of a report is cleaned, however long the log is', () => {
  const lines = Array.from({ length: 500 }, (_, i) => `${i}: C:\\Users\\ann\\f${i} file:///c%3A/Users/ann/f${i} Bearer ${TOKEN}`);
  const log = new RecentLines();
  for (const line of lines) log.add(line);
  const body = reportBody({ extension: '0.1.0', server: 'failed: C:\\Users\\ann\\s', editor: 'VS Code', platform: 'Windows_NT', home: 'C:\\Users\\ann', settings: { 'gatewayLsp.server.path': 'C:\\Users\\ann\\s.exe' }, log: log.lines });
  assert.match(body, /499: ~/);
  assert.doesNotMatch(body, /ann|eyJ/);
});

test('words that only look like it stay', () => {
  for (const text of ['spec.rules[0].matches[1].path.type', '/homes/x', 'users/x', 'Starting gateway-lsp 0.1.0', 'gateway.networking.k8s.io/v1']) assert.equal(redact(text, '/home/ann'), text);
});

test('a report has versions, settings and the end of the log', () => {
  const log = new RecentLines(2, 10);
  for (const line of ['one', 'two', 'a line that is long']) log.add(line);
  assert.deepEqual(log.lines, ['two', 'a line tha…']);
  const body = reportBody({ extension: '0.1.0', server: 'gatewayLsp 0.1.0', editor: 'VS Code 1.99', platform: 'Linux', home: '/home/ann', settings: { 'gatewayLsp.kubeconfig': '/home/ann/.kube/x' }, log: log.lines });
  assert.match(body, /"gatewayLsp\.kubeconfig": "~\/\.kube\/x"/);
  assert.match(body, /```text\ntwo\na line tha…\n```/);
});

const SENT: Sent = {
  address: '10.0.0.1:80', request: { method: 'GET', host: 'a.example', path: '/' }, gateway: { listener: 'http', route: 'HTTPRoute demo/a', rule: 0 }, asExpected: true,
  expected: [{ backend: 'demo/v1:80', share: 0.8 }, { backend: 'demo/v2:80', share: 0.2 }],
  observed: [{ backend: 'demo/v1:80', count: 8, differs: false, pods: { 'v1-x': 8 } }, { backend: 'demo/v2:80', count: 2, differs: false, pods: {} }],
  untold: 0, statuses: { 200: 10 }, latencyMs: { p50: 1.5, p99: 4 }, sample: { status: '200', headers: [{ name: 'content-type', value: 'application/json' }], body: '{"a":1}' }, errors: [],
};

test('test requests are reported with who should answer and who did', () => {
  assert.equal(sentLine(SENT), 'As expected: 10 × 200, demo/v1:80 8, demo/v2:80 2');
  const page = sentReport(SENT, 'Shop');
  assert.match(page, /^# ✓ GET a\\\.example\//);
  assert.match(page, /\| demo\/v1:80 \| 80 % \| 8 \(80 %\) \|/);
  assert.match(page, /### Pods\n\n- v1\\-x: 8\n/);
  assert.match(page, /```json\n\{\n {2}"a": 1\n\}\n```/);
});

test('requests that nobody answers say so', () => {
  const none: Sent = { ...SENT, asExpected: false, observed: [], expected: [], statuses: {}, sample: null, errors: [{ message: 'Connection refused', count: 3 }] };
  assert.equal(sentLine(none), 'No answer to 3 requests: Connection refused');
  assert.match(sentReport(none, 'Shop'), /- 3 × Connection refused/);
});
