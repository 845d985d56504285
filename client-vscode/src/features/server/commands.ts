import { commands, type Disposable } from 'vscode';
import type { ServerController } from '.';

export const RESTART = 'gatewayLsp.restart';

export function registerServerCommands(server: ServerController): Disposable {
  return commands.registerCommand(RESTART, () => server.restart());
}
