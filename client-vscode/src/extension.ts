import type { ExtensionContext } from 'vscode';
import { Channels } from './features/log';
import { registerLogCommands } from './features/log/commands';
import { registerReferenceCommands } from './features/references/commands';
import { ServerController } from './features/server';
import { registerServerCommands } from './features/server/commands';
import { registerSettingsCommands } from './features/settings/commands';
import { showStatus } from './features/status';
import { registerTraceCommands } from './features/trace/commands';

let server: ServerController | undefined;

export function activate(context: ExtensionContext): void {
  const channels = new Channels();
  const running = (server = new ServerController(context.extensionPath, channels));
  context.subscriptions.push(
    channels,
    server,
    showStatus(server),
    registerServerCommands(server),
    registerLogCommands(channels),
    registerSettingsCommands(context.extension.id),
    registerReferenceCommands(),
    registerTraceCommands((method, params) => running.ask(method, params)),
  );
  void server.start(); // activation does not wait for it: the status item tells
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
