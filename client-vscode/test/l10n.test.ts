import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fill, t, useTranslations } from '../src/features/l10n';

declare const __EXTENSION_DIR__: string;

type Texts = Record<string, string>;

const read = (file: string) => fs.readFileSync(path.join(__EXTENSION_DIR__, file), 'utf8');
const json = (file: string): Texts => JSON.parse(read(file));
const source = fs
  .readdirSync(path.join(__EXTENSION_DIR__, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => read(path.join('src', f)))
  .join('\n');
const places = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort();
const KOREAN = /[\uac00-\ud7a3]/;

/** Neither translated nor to be: names, and texts that are arguments only. */
const ALIKE = new Set(['{0} (kustomize)']);

test('each message of the code is in both bundles, and nothing else is', () => {
  const used = [...new Set([...source.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g)].map((m) => m[1]!.replaceAll("\\'", "'")))].sort();
  assert.deepEqual(Object.keys(json('l10n/bundle.l10n.json')).sort(), used);
  assert.deepEqual(Object.keys(json('l10n/bundle.l10n.ko.json')).sort(), used);
});

test('every message is written as a text, so that it can be found', () => {
  const odd = [...source.matchAll(/\bt\(\s*([^'\s)][^\n]*)/g)].map((m) => m[1]!).filter((rest) => !rest.startsWith('message'));
  assert.deepEqual(odd, []);
});

test('English is what the code says; Korean is Korean, with the same arguments', () => {
  for (const [key, text] of Object.entries(json('l10n/bundle.l10n.json'))) assert.equal(text, key);
  for (const [key, text] of Object.entries(json('l10n/bundle.l10n.ko.json'))) {
    assert.deepEqual(places(text), places(key), key);
    assert.ok(ALIKE.has(key) || KOREAN.test(text), `${key}: ${text}`);
    assert.equal(/\$\([\w-]+\)/.exec(text)?.[0], /\$\([\w-]+\)/.exec(key)?.[0], key);
  }
});

test('each text of the manifest is in both languages, with the same links', () => {
  const [english, korean] = [json('package.nls.json'), json('package.nls.ko.json')];
  const used = [...new Set([...read('package.json').matchAll(/"%([^"%]+)%"/g)].map((m) => m[1]!))].sort();
  assert.deepEqual(Object.keys(english).sort(), used);
  assert.deepEqual(Object.keys(korean).sort(), used);
  const links = (text: string) => text.match(/\]\(command:[^)]+\)/g) ?? [];
  for (const key of used) {
    assert.deepEqual(links(korean[key]!), links(english[key]!), key);
    assert.match(korean[key]!, KOREAN, key);
  }
});

test('arguments stand in their places, whatever they hold', () => {
  assert.equal(fill('{0} and {1}, {0}', '{1}', 2), '{1} and 2, {1}');
  assert.equal(fill('{2}', 1), '{2}');
  useTranslations((message, ...args) => `<${fill(message, ...args)}>`);
  assert.equal(t('a {0}', 'b'), '<a b>');
  useTranslations(fill);
});
