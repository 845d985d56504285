// The way of manifests into clusters, as a user takes it: commands that ask, dialogs, notifications.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export function deploying(vs) {
  const notification = (text) => vs.page.locator('.notification-list-item', { hasText: text }).first();
  const dialog = () => vs.page.locator('.monaco-dialog-box');

  /** A click on a dialog that is still being shown reaches nobody: clicked until it is gone. */
  async function confirm(button) {
    for (let attempt = 0; attempt < 4; attempt++) {
      await dialog().locator('.monaco-button', { hasText: button }).click({ timeout: attempt ? 2_000 : undefined }).catch((error) => { if (!attempt) throw error; });
      if (await dialog().waitFor({ state: 'hidden', timeout: 3_000 }).then(() => true, () => false)) return;
    }
  }

  /** Runs a command that asks something. */
  async function start(title) {
    await vs.palette();
    await vs.pick(`>${title}`, title);
  }

  /** Runs a command and takes a row of the list that it opens. A list closes when the focus goes elsewhere, as by a view that is just filled: then once more, as people do. */
  async function startAndChoose(title, text, row) {
    for (let attempt = 1; ; attempt++) {
      await start(title);
      try {
        await vs.page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor({ timeout: 5_000 });
        await vs.pick(text, row, 5_000);
        return;
      } catch (e) {
        if (attempt === 3) throw e;
        await vs.page.keyboard.press('Escape');
      }
    }
  }

  /** Takes a row of the list that comes next: the one before it may still be open. */
  async function choose(text, row) {
    await vs.page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor();
    await vs.pick(text, row);
  }

  const closeNotifications = () => vs.command('Notifications: Clear All Notifications');

  return { notification, dialog, confirm, startAndChoose, choose, closeNotifications };
}

/** The command line of the server that the extension brings, on the sandbox's clusters. */
export function commandLine(vs, sandbox) {
  const run = (...args) => {
    const [installed] = fs.readdirSync(vs.server.extensions).filter((one) => one.startsWith('gateway-lsp.'));
    return execFileSync(path.join(vs.server.extensions, installed, 'server/gateway-lsp'), [...args, '--kubeconfig', sandbox.up()], { encoding: 'utf8', timeout: 60_000 });
  };
  const apply = (file, ...contexts) => run('apply', vs.file(file), ...contexts.flatMap((one) => ['--context', one]), '--yes');
  return { run, apply };
}
