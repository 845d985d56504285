// VS Code as a user sees it: opens files, types, reads what is on the screen.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, afterEach, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from './server.mjs';
import { until } from './until.mjs';

const SHOTS = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../shots');
const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'];

/** For the first thing that needs the extension host; everything after it is far quicker. */
export const SLOW = 45_000;

export class Workbench {
  outside = [];

  /** @param options of the workspace, see startServer */
  constructor(options = {}) {
    this.options = options;
  }

  async start() {
    const workbenchDir = process.env.WORKBENCH_DIR;
    const vsix = process.env.VSIX;
    if (!workbenchDir || !vsix) throw new Error('run by ./test e2e, which sets WORKBENCH_DIR and VSIX');
    this.server = await startServer({ workbenchDir, vsix, ...this.options });
    const { chromium } = createRequire(path.join(workbenchDir, 'package.json'))('playwright-core');
    this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: CHROMIUM_FLAGS });
    const context = await this.browser.newContext({ viewport: this.options.viewport ?? { width: 1280, height: 800 }, locale: 'en-US' });
    context.setDefaultTimeout(15_000);
    // VS Code's own texts stay English without a language pack; what extensions are told is the language.
    if (this.options.language) await context.addInitScript((language) => Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => language, set: () => undefined }), this.options.language);
    this.page = await context.newPage();
    this.page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(http|ws)/.test(url.protocol) && url.hostname !== '127.0.0.1') this.outside.push(request.url());
    });
    await this.page.goto(`${this.server.base}/?folder=${encodeURIComponent(this.server.workspace)}`);
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 90_000 });
    fs.mkdirSync(SHOTS, { recursive: true });
  }

  async stop(keep) {
    await this.browser?.close();
    await this.server?.stop(keep);
  }

  file(name) {
    return path.join(this.server.workspace, name);
  }

  async shot(name) {
    await this.page.screenshot({ path: path.join(SHOTS, `${name}.png`), animations: 'disabled' }); // a hover fades in
  }

  /** Types into the quick input (its prefix picks the mode: ">command", "file", ":line:column") and takes the row. */
  async quick(text, row) {
    await this.palette();
    await this.pick(text, row);
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Opens the palette. A key that is pressed while the focus moves out of a webview reaches nobody. */
  async palette() {
    const input = this.page.locator('.quick-input-widget:not([style*="display: none"]) .quick-input-box input');
    for (let attempt = 0; attempt < 4; attempt++) {
      await this.page.keyboard.press('F1');
      if (await input.waitFor({ timeout: 5_000 }).then(() => true, () => false)) return;
    }
  }

  /** Fills the quick input that is open, waits for the row, takes it. */
  async pick(text, row, timeout) {
    const input = this.page.locator('.quick-input-widget:not([style*="display: none"]) .quick-input-box input');
    await input.waitFor({ timeout });
    await input.fill(text, { timeout });
    if (row) await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: row }).waitFor({ timeout });
    await this.page.keyboard.press('Enter');
  }

  /** Opens a new file that is not on disk, as YAML. */
  async newYaml() {
    await this.page.keyboard.press('Control+Alt+N'); // the palette prefers another command of nearly the same name
    await this.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await this.page.keyboard.press('F1');
    await this.pick('>Change Language Mode', 'Change Language Mode');
    await this.page.locator('.quick-input-widget input[placeholder="Select Language Mode"]').waitFor();
    await this.pick('YAML', 'YAML');
    await this.page.locator('.statusbar-item', { hasText: 'YAML' }).waitFor();
  }

  /** The page inside of the webview whose tab has the title. */
  async webview(title) {
    await this.page.locator('.tab', { hasText: title }).waitFor({ timeout: SLOW });
    return this.page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
  }

  /** Draws the border between two columns of editors to a place, in pixels from the left. */
  async border(x) {
    const right = this.page.locator('.editor-group-container').nth(1);
    const { x: from, y, height } = await right.boundingBox();
    await this.page.mouse.move(from, y + height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(x, y + height / 2, { steps: 4 });
    await this.page.mouse.up();
    await until('the columns have their widths', async () => Math.abs((await right.boundingBox()).x - x) < 20);
  }

  command(title) {
    return this.quick(`>${title}`, title);
  }

  editor() {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  line(text) {
    return this.editor().locator('.view-line', { hasText: text });
  }

  squiggles() {
    return this.editor().locator('.squiggly-error, .squiggly-warning, .squiggly-info');
  }

  problems() {
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  async open(file) {
    await this.quick(file, file);
    await this.page.locator('.editor-group-container.active .tab.active', { hasText: file }).waitFor();
    await this.editor().locator('.view-line').first().waitFor();
  }

  /** Puts the cursor at a 1-based line and column of the editor in use, whatever has the focus. */
  async cursor(line, column) {
    await this.quick(`:${line}:${column}`);
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Types a text into a new line below the given one, as a user does: what VS Code indents for us is taken back first. */
  async newLineAfter(line, text) {
    await this.cursor(line, 1);
    await this.page.keyboard.press('End');
    await this.page.keyboard.press('Control+Enter');
    await this.page.keyboard.press('Shift+Home');
    await this.page.keyboard.press('Shift+Home'); // the first press stops at the indentation
    await this.page.keyboard.type(text);
  }

  /** Asks for completion until the item is offered (a fresh server may still be reading), and focuses it. */
  async suggestion(label) {
    const exactly = new RegExp(`^${label}$`);
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    const row = rows.filter({ has: this.page.locator('.label-name', { hasText: exactly }) }).first();
    await until(`completion offers ${label}`, async () => {
      await this.page.keyboard.press('Control+Space');
      return row.waitFor({ timeout: 2_000 }).then(() => true, () => false);
    });
    for (let i = 0; i < 60 && !(await row.evaluate((e) => e.classList.contains('focused')).catch(() => false)); i++) {
      await this.page.keyboard.press('ArrowDown');
    }
    return row;
  }

  /** Opens the text beside the list of suggestions. */
  async suggestionDetails() {
    const details = this.page.locator('.suggest-details-container .suggest-details');
    if (!(await details.isVisible())) await this.page.keyboard.press('Control+Space');
    await details.waitFor();
    return details.innerText();
  }

  async suggestions() {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    return rows.allInnerTexts();
  }

  /** Hovers a word and gives the text of the hover that contains the wanted one. */
  async hover(lineText, word, wanted) {
    await this.page.mouse.move(900, 780);
    await this.line(lineText).locator('span span', { hasText: word }).first().hover();
    const box = this.page.locator('.monaco-hover:not(.hidden)', { hasText: wanted });
    await box.first().waitFor();
    return box.first().innerText();
  }

  /** Opens the quick fix list at the cursor until the entry is there, and takes it with the keyboard. */
  async quickFix(title, beforeTaking) {
    const item = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await until(`the quick fix "${title}" is listed`, async () => {
      await this.page.keyboard.press('Control+.');
      return item.waitFor({ timeout: 2_000 }).then(() => true, () => false);
    });
    await beforeTaking?.();
    for (let i = 0; i < 10 && !(await item.evaluate((e) => e.classList.contains('focused'))); i++) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter'); // a click would hit the layer over the list
  }

  /** Saves and gives the text on disk once it passes. */
  async saved(file, passes) {
    await this.page.keyboard.press('Control+S');
    return until(`${file} as wanted on disk`, () => {
      const text = fs.readFileSync(this.file(file), 'utf8');
      return passes(text) ? text : undefined;
    }).catch((e) => {
      throw new Error(`${e.message}\n${fs.readFileSync(this.file(file), 'utf8')}`);
    });
  }

  /** Text of the entry for us in the language status (the braces in the status bar). */
  async status() {
    await this.page.mouse.move(640, 300);
    await this.page.locator('[id="status.languageStatus"]').hover();
    const entry = this.page.locator('.hover-language-status', { hasText: 'Gateway LSP' }).first();
    await entry.waitFor({ timeout: 5_000 });
    return (await entry.innerText()).replace(/\s+/g, ' ').trim();
  }

  /** Waits until the language status says so. */
  async statusSays(pattern, timeout = SLOW) {
    await until(`the language status says ${pattern}`, async () => pattern.test(await this.status().catch(() => '')), timeout);
    await this.page.mouse.move(640, 300); // the hover goes
  }
}

/** One workbench for a spec file: started before its tests, a screenshot after each, stopped at the end. */
export function useWorkbench(options) {
  const workbench = new Workbench(options);
  let failed = false;
  before(() => workbench.start(), { timeout: 180_000 });
  afterEach(async (t) => {
    if (t.passed === false || t.error) {
      failed = true;
      await workbench.shot(`failed-${t.name.replace(/\W+/g, '-').toLowerCase()}`).catch(() => undefined);
    }
    await workbench.page?.keyboard.press('Escape').catch(() => undefined);
  });
  after(() => workbench.stop(failed));
  return workbench;
}
