import { t } from '../l10n';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Where the executable was looked for, and why it cannot be started. */
export class ServerUnavailable extends Error {}

/** The executable of the setting if it is set, else the one inside the extension. */
export function serverPath(configured: string, extensionDir: string, platform = process.platform): string {
  const wanted = configured.trim();
  if (wanted === '') return path.join(extensionDir, 'server', platform === 'win32' ? 'gateway-lsp.exe' : 'gateway-lsp');
  return wanted === '~' || wanted.startsWith('~/') ? path.join(os.homedir(), wanted.slice(1)) : wanted;
}

/** Says in plain words what is wrong with a path before a process is tried. */
export async function checkServer(file: string): Promise<void> {
  if (!path.isAbsolute(file)) throw new ServerUnavailable(t('gatewayLsp.server.path must be an absolute path, not "{0}".', file));
  const found = await fs.stat(file).catch(() => undefined);
  if (!found) throw new ServerUnavailable(t('There is no language server at {0}.', file));
  if (!found.isFile()) throw new ServerUnavailable(t('{0} is not a file.', file));
  const runnable = await fs.access(file, fs.constants.X_OK).then(() => true, () => false);
  if (!runnable) throw new ServerUnavailable(t('{0} is not executable.', file));
}

/** Starts the server: LSP over stdin and stdout needs no arguments. */
export function launch(file: string): Promise<ChildProcessWithoutNullStreams> {
  const child = spawn(file, [], { cwd: path.dirname(file), stdio: 'pipe', windowsHide: true });
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child));
    child.on('error', (e) => reject(new ServerUnavailable(t('{0} could not be started: {1}', file, e.message))));
  });
}
