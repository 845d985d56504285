import { commands, type Disposable } from 'vscode';
import type { Channels } from '.';

export const SHOW_LOG = 'gatewayLsp.showLog';

export function registerLogCommands(channels: Channels): Disposable {
  return commands.registerCommand(SHOW_LOG, () => channels.log.show());
}
