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

/** What a process said on stderr, as far as it tells why it ended. */
const SAID_LENGTH = 4_000;

/** A process of the server, and what it said when it came up. */
export interface Launched {
  readonly child: ChildProcessWithoutNullStreams;
  /** The beginning of its stderr. */
  readonly said: () => string;
}

/** Starts the server: LSP over stdin and stdout needs no arguments. */
export function launch(file: string): Promise<Launched> {
  const child = spawn(file, [], { cwd: path.dirname(file), stdio: 'pipe', windowsHide: true });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    if (said.length < SAID_LENGTH) said += part.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve({ child, said: () => said }));
    child.on('error', (e) => reject(new ServerUnavailable(t('{0} could not be started: {1}', file, e.message))));
  });
}

/** Where the runtime comes from that a server needs which is not native. */
export const RUNTIME_PAGE = 'https://dotnet.microsoft.com/download/dotnet';

/**
 * The runtime that a server asks for which is not native and finds none: its name and version; undefined for a process that ended
 * for another reason. The starter of .NET programs says so on stderr before it ends.
 */
export function missingRuntime(said: string): string | undefined {
  if (!/You must install (?:or update )?\.NET\b/.test(said)) return undefined;
  const version = /Framework: '[^']+', version '(\d+)\./.exec(said)?.[1] ?? /[?&]framework_version=(\d+)\./.exec(said)?.[1] ?? RUNTIME_MAJOR;
  const architecture = /^Architecture: (\w+)/m.exec(said)?.[1];
  return `.NET ${version} Runtime${architecture === undefined ? '' : ` (${architecture})`}`;
}

/** As server/Directory.Build.props has it; a test compares the two. */
export const RUNTIME_MAJOR = '10';
