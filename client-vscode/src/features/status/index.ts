import { t } from '../l10n';
import { Disposable, languages, LanguageStatusSeverity } from 'vscode';
import { SHOW_LOG } from '../log/commands';
import type { ServerController } from '../server';
import { RESTART } from '../server/commands';
import { DOCUMENTS, type ServerState } from '../server/protocol';
import { statusView, type StatusView } from './view';

const actionOf = (kind: StatusView['action']) => (kind === 'log' ? { title: t('Show Log'), command: SHOW_LOG } : { title: t('Restart'), command: RESTART });

/** Shows the server's state in the language status of YAML editors. */
export function showStatus(server: ServerController): Disposable {
  const item = languages.createLanguageStatusItem('gatewayLsp.server', DOCUMENTS);
  item.name = 'Gateway LSP';
  const update = (state: ServerState) => {
    const view = statusView(state);
    item.text = view.text;
    item.detail = view.detail;
    item.busy = view.busy;
    item.severity = view.isError ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.command = actionOf(view.action);
  };
  update(server.state);
  return Disposable.from(item, server.onDidChangeState(update));
}
