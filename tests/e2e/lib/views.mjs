// The views of the clusters, as a user finds things in them.
import { until } from './until.mjs';
import { SLOW } from './workbench.mjs';

export function views(vs) {
  const pane = (title) => vs.page.locator(`.pane:has(> .pane-header[aria-label^="${title}"])`);
  const rows = (title) => pane(title).locator('.monaco-list-row');
  const row = (title, text) => rows(title).filter({ hasText: text }).first();
  /** The title of a view's action, or of a row's, as it is read out. */
  const action = (within, label) => within.locator(`.action-label[aria-label^="${label}"]`).first();

  async function open() {
    await vs.page.locator('.activitybar .action-label[aria-label="Gateway LSP"]').click();
    await rows('Clusters').first().waitFor();
  }

  async function act(title, text, label) {
    await row(title, text).hover();
    await action(row(title, text), label).click();
  }

  /** Takes an entry of the menu that a row has at the right button. */
  async function menu(title, text, label) {
    await (await scrollTo(title, text)).click({ button: 'right' });
    const entry = vs.page.locator('.monaco-menu .action-menu-item', { hasText: label }).first();
    await entry.hover();
    await entry.click();
  }

  /** A view that is folded shows its rows. */
  async function unfold(title) {
    const header = pane(title).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  async function titleAction(title, label) {
    await pane(title).locator('.pane-header').hover();
    await action(pane(title).locator('.pane-header'), label).click();
  }

  /** Connects contexts, one by one: rows below one that is being filled move. */
  async function connect(...labels) {
    for (const [i, label] of labels.entries()) {
      await act('Clusters', label, 'Connect');
      await vs.page.locator('.statusbar-item', { hasText: label }).waitFor({ timeout: SLOW });
      await until(`${label} is filled`, async () => (await rows('Clusters').filter({ hasText: 'Whole cluster' }).count()) === i + 1, SLOW);
      await settled('Clusters');
    }
  }

  /** Waits until the rows stay where they are: a click on one that moves takes another. */
  async function settled(title) {
    let before;
    await until(`${title} stays as it is`, async () => {
      const now = await pane(title).locator('.monaco-list-row').evaluateAll((all) => all.map((one) => `${one.getAttribute('aria-label')}@${one.style.top}`).join('\n'));
      const isSame = now === before;
      before = now;
      if (!isSame) await vs.page.waitForTimeout(400);
      return isSame;
    });
  }

  /** Long lists draw only what is in sight. */
  async function scrollTo(title, text) {
    await pane(title).locator('.monaco-list').hover();
    await vs.page.mouse.wheel(0, -5_000);
    return until(`${title} shows ${text}`, async () => {
      if (await row(title, text).isVisible()) return row(title, text);
      await vs.page.mouse.wheel(0, 120);
      return undefined;
    });
  }

  return { pane, rows, row, action, open, act, menu, unfold, titleAction, connect, settled, scrollTo };
}

/**
 * What axe finds wrong, in a page's own frame or in that of a webview: the page's policy takes no other script, this one comes from the test, past it.
 * @param without rules that are not asked
 */
export async function accessibilityProblems(within, source, without = []) {
  return within.evaluate(async (root, [code, without]) => {
    const run = new Function(`${code}; return axe;`);
    const axe = run.call(window) ?? window.axe;
    const context = root === root.ownerDocument.body ? root.ownerDocument : root;
    return (await axe.run(context, { resultTypes: ['violations'], rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])) })).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`);
  }, [source, without]);
}

/** The themes that VS Code has by itself, one of each kind, with the class that its workbench then has. */
export const THEMES = { 'Default Light Modern': 'vs', 'Default Dark Modern': 'vs-dark', 'Default High Contrast': 'hc-black', 'Default High Contrast Light': 'hc-light' };
