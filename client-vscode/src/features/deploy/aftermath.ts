import { commands, Disposable, window, workspace } from 'vscode';
import type { DeployController, Finished } from '.';
import type { ClusterController } from '../clusters';
import { t } from '../l10n';
import { SEND_REQUEST } from '../request/commands';
import type { ServerController } from '../server';
import { SHOW_TOPOLOGY, type LiveTopology } from '../topology/commands';
import { TOPOLOGY_METHOD, type Graph } from '../topology/protocol';
import { ROLLBACK } from './commands';
import type { PlanDocuments } from './documents';
import type { HistoryView } from './history';

const OPENS_TOPOLOGY = 'gatewayLsp.topology.openAfterApply';

/** What follows an apply: the user is told, the views look again, what came of it is shown, and the next steps are offered. */
export function followApplies(server: ServerController, deploys: DeployController, clusters: ClusterController, history: HistoryView, documents: PlanDocuments): Disposable {
  let before: Promise<Graph | undefined> | undefined;
  return Disposable.from(
    // What the server knows of the clusters before it gets to the apply: the messages are answered in their order.
    deploys.onWillWrite((contexts) => (before = server.ask<Graph>(TOPOLOGY_METHOD, { source: 'live', contexts }).catch(() => undefined))),
    deploys.onDidFinish(async (finished) => {
      for (const { label, object } of finished.written) documents.written(label, object);
      void clusters.look();
      void history.refresh();
      await tell(finished, await before);
    }),
  );
}

async function tell({ contexts, kind, message, severity, isWritten }: Finished, before: Graph | undefined): Promise<void> {
  const offers: Record<string, () => unknown> = {};
  if (isWritten) {
    const showTopology = () => commands.executeCommand(SHOW_TOPOLOGY, { source: 'live', contexts, ...(before ? { before } : {}) } satisfies LiveTopology);
    if (workspace.getConfiguration().get(OPENS_TOPOLOGY, true)) void showTopology();
    else offers[t('Show Live Topology')] = showTopology;
    if (kind !== 'rollback') {
      offers[t('Send Test Request')] = () => commands.executeCommand(SEND_REQUEST, { contexts });
      offers[t('Roll Back')] = () => commands.executeCommand(ROLLBACK, { uri: '', contexts });
    }
  }
  const show = severity === 'error' ? window.showErrorMessage : severity === 'warning' ? window.showWarningMessage : window.showInformationMessage;
  const choice = await show(`Gateway LSP: ${message}`, ...Object.keys(offers));
  if (choice !== undefined) await offers[choice]?.();
}
