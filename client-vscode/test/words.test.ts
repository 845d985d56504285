// What the drawing's page says is in the language of the editor: no word of it may stand in the code as it is.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

declare const __EXTENSION_DIR__: string;

const topology = path.join(__EXTENSION_DIR__, 'src/features/topology');
const files = ['webview', 'drawing'].flatMap((folder) => fs.readdirSync(path.join(topology, folder)).filter((file) => file.endsWith('.ts')).map((file) => path.join(topology, folder, file)));

/** Names that no language changes, and what is no text. */
const NAMES = /^(Gateway|Service|TLS|Mermaid|Graphviz DOT|GET http:\/\/shop\.example\.com\/cart -H "x-canary: true")$/;

/** Attributes that are read out or shown. */
const SAID = new Set(['aria-label', 'aria-roledescription', 'title', 'placeholder', 'alt']);

const isWord = (text: string) => /[A-Za-z]{2,}/.test(text) && !NAMES.test(text.trim());

/** The texts within an expression that come to the page as they are; what other functions are given is theirs. */
function textsIn(node: ts.Node): ts.Node[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return isWord(node.text) ? [node] : [];
  if (ts.isTemplateExpression(node)) {
    const own = [node.head, ...node.templateSpans.map((span) => span.literal)].some((part) => isWord(part.text));
    return [...(own ? [node] : []), ...node.templateSpans.flatMap((span) => textsIn(span.expression))];
  }
  if (ts.isCallExpression(node) || ts.isArrowFunction(node) || ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) return [];
  if (ts.isBinaryExpression(node) && /^[=!<>]/.test(node.operatorToken.getText())) return [];
  if (ts.isConditionalExpression(node)) return [...textsIn(node.whenTrue), ...textsIn(node.whenFalse)];
  return node.getChildren().flatMap(textsIn);
}

function saidIn(source: ts.SourceFile): string[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const name = node.expression.getText(source);
      if (name === 'h' || name === 's') {
        const [, attributes, ...children] = node.arguments;
        found.push(...children.flatMap(textsIn));
        if (attributes && ts.isObjectLiteralExpression(attributes)) {
          for (const one of attributes.properties) if (ts.isPropertyAssignment(one) && SAID.has(one.name.getText(source).replace(/['"]/g, ''))) found.push(...textsIn(one.initializer));
        }
      } else if (/^(tell|iconButton|spoken|.*\.tellFound)$/.test(name)) found.push(...(name === 'iconButton' ? node.arguments.slice(1, 2) : node.arguments).flatMap(textsIn));
    }
    if (ts.isNewExpression(node) && node.expression.getText(source) === 'Error') found.push(...(node.arguments ?? []).flatMap(textsIn));
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && /\.(textContent|title|ariaLabel)$/.test(node.left.getText(source))) found.push(...textsIn(node.right));
    // Tables of words by the kind of a thing, which are looked up for a text.
    if (ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.parent) && /^(KINDS|FACTS|EDGES|MARKS|STATES|PRESENCE|OF_\w+)$/.test(node.parent.parent && ts.isVariableDeclaration(node.parent.parent) ? node.parent.parent.name.getText(source) : '')) found.push(...textsIn(node.initializer));
    node.forEachChild(visit);
  };
  visit(source);
  return found.map((node) => `${path.basename(source.fileName)}: ${node.getText(source)}`);
}

test('no word of the drawing stands in the code in English', () => {
  assert.ok(files.length > 15);
  const said = files.flatMap((file) => saidIn(ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)));
  assert.deepEqual(said, []);
});

test('the test finds words that are not translated', () => {
  const odd = "h('p', { title: 'a word', class: 'no-word' }, `${n} hidden`, x ? 'yes' : t('no'), f('small'));\ne.textContent = 'cluster';\nconst KINDS = { a: 'Client', b: t('b') };";
  assert.equal(saidIn(ts.createSourceFile('odd.ts', odd, ts.ScriptTarget.Latest, true)).length, 5);
});
