import os from 'node:os';
import { commands, env, version, window, workspace, type Disposable, type ExtensionContext } from 'vscode';
import type { Channels } from '../log';
import type { ServerController } from '../server';
import { SECTION } from '../server/protocol';
import { reportBody } from './body';

export const REPORT_ISSUE = 'gatewayLsp.reportIssue';

/** Opens a report to be read, completed and sent by hand: nothing is sent from here. */
export function registerReportCommands(context: ExtensionContext, server: ServerController, channels: Channels): Disposable {
  return commands.registerCommand(REPORT_ISSUE, async () => {
    const { version: own, contributes } = context.extension.packageJSON as { version: string; contributes: { configuration: { properties: Record<string, unknown> } } };
    const settings: Record<string, unknown> = {};
    for (const name of Object.keys(contributes.configuration.properties)) {
      const found = workspace.getConfiguration().inspect(name);
      const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
      if (value !== undefined) settings[name] = value;
    }
    const { state } = server;
    const content = reportBody({
      extension: own,
      server: state.kind === 'ready' ? `${SECTION} ${state.version ?? ''}`.trim() : state.kind,
      editor: `${env.appName} ${version}`,
      platform: `${os.type()} ${os.release()} ${os.arch()}`,
      home: os.homedir(),
      settings,
      log: channels.recent.lines,
    });
    await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
  });
}
