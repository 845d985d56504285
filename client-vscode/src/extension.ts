import type { ExtensionContext } from 'vscode';
import { Channels } from './features/log';
import { registerLogCommands } from './features/log/commands';
import { registerReferenceCommands } from './features/references/commands';
import { ServerController } from './features/server';
import { registerServerCommands } from './features/server/commands';
import { registerSettingsCommands } from './features/settings/commands';
import { showStatus } from './features/status';
import { ExpectationTests } from './features/testing';
import { Topologies } from './features/topology';
import { registerTopologyCommands } from './features/topology/commands';
import { watchObjects } from './features/topology/context';
import { registerTraceCommands } from './features/trace/commands';

let server: ServerController | undefined;

export function activate(context: ExtensionContext): void {
  const channels = new Channels();
  const running = (server = new ServerController(context.extensionPath, channels));
  const topologies = new Topologies(context, server);
  context.subscriptions.push(
    channels,
    server,
    showStatus(server),
    registerServerCommands(server),
    registerLogCommands(channels),
    registerSettingsCommands(context.extension.id),
    registerReferenceCommands(),
    topologies,
    registerTopologyCommands(topologies),
    watchObjects(),
    registerTraceCommands((method, params) => running.ask(method, params), (params) => topologies.trace(params)),
    new ExpectationTests(server),
  );
  void server.start(); // activation does not wait for it: the status item tells
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
