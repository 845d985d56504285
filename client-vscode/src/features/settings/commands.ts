import { commands, type Disposable } from 'vscode';

export const OPEN_SETTINGS = 'gatewayLsp.openSettings';

/** Opens the settings editor on ours, or on the one that is named. */
export function registerSettingsCommands(extensionId: string): Disposable {
  return commands.registerCommand(OPEN_SETTINGS, (setting?: string) =>
    commands.executeCommand('workbench.action.openSettings', setting ?? `@ext:${extensionId}`),
  );
}
