import readline from 'node:readline';
import { workspace } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  RevealOutputChannelOn,
  WorkDoneProgress,
  type DynamicFeature,
  type LanguageClientOptions,
  type ServerOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { APPLY, DIFF, ROLLBACK } from '../deploy/commands';
import type { Channels } from '../log';
import { SHOW_REFERENCES } from '../references/commands';
import { SEND_REQUEST } from '../request/commands';
import { SHOW_TOPOLOGY } from '../topology/commands';
import { TRACE } from '../trace/commands';
import { DOCUMENTS, SECTION } from './protocol';

export const WORK_DONE = WorkDoneProgress.type;

/** The library's client, but what goes wrong is told once, by us, with something to do about it. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown, _notify?: boolean | 'force'): void {
    super.error(message, data, false);
  }

  override info(message: string, data?: unknown, _notify?: boolean): void {
    super.info(message, data, false);
  }

  /** Commands of the server are registered by ourselves, before it runs: they may be what the extension is started with. */
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    if ((feature as Partial<DynamicFeature<unknown>>).registrationType?.method !== ExecuteCommandRequest.method) super.registerFeature(feature);
  }
}

/** What a server writes to stderr is its log, seldom an error. */
function forward(lines: NodeJS.ReadableStream, channels: Channels): void {
  readline.createInterface({ input: lines, crlfDelay: Infinity }).on('line', (line) => channels.info(line));
}

/** Without the methods that the editor's object has. */
const settings = () => JSON.parse(JSON.stringify(workspace.getConfiguration(SECTION))) as object;

/** @param rulePages URI of the folder with the pages that explain the codes of problems */
export function createClient(server: ServerOptions, rulePages: string, channels: Channels, closed: () => void): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    synchronize: { configurationSection: SECTION },
    // The settings come along: what is asked for at once, such as contexts of the kubeconfig, must not wait for the server to ask for them.
    initializationOptions: { [SECTION]: settings(), rulePages, triggerSuggest: true, commands: [SHOW_REFERENCES, TRACE, SHOW_TOPOLOGY, APPLY, DIFF, ROLLBACK, SEND_REQUEST], trusted: workspace.isTrusted },
    outputChannel: channels.log,
    traceOutputChannel: channels.trace,
    stdioOptions: { stdout: () => undefined, stderr: (lines) => forward(lines, channels) },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
    errorHandler: {
      error: (_error, _message, count) => {
        if (count !== undefined && count <= 3) return { action: ErrorAction.Continue, handled: true };
        closed(); // the library does not tell of a connection that it closes itself
        return { action: ErrorAction.Shutdown, handled: true };
      },
      closed: () => {
        closed();
        return { action: CloseAction.DoNotRestart, handled: true, message: 'The server ended.' };
      },
    },
  };
  return new QuietClient(SECTION, 'Gateway LSP', server, options);
}
