import { commands, l10n, type ExtensionContext } from 'vscode';
import { ClusterController } from './features/clusters';
import { registerClusterCommands, registerParts } from './features/clusters/commands';
import { LiveDecorations } from './features/clusters/decorations';
import { LiveDocuments } from './features/clusters/documents';
import { tellNews } from './features/clusters/news';
import { DeployController } from './features/deploy';
import { followApplies } from './features/deploy/aftermath';
import { FAILOVER, registerDeployCommands } from './features/deploy/commands';
import { PlanDocuments } from './features/deploy/documents';
import { HistoryView } from './features/deploy/history';
import { t, useTranslations } from './features/l10n';
import { Channels } from './features/log';
import { registerLogCommands } from './features/log/commands';
import { registerMigrationCommands } from './features/migration/commands';
import { registerReferenceCommands } from './features/references/commands';
import { registerReportCommands } from './features/report/commands';
import { registerRequestCommands } from './features/request/commands';
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
  useTranslations((message, ...args) => l10n.t(message, ...args));
  const channels = new Channels();
  const running = (server = new ServerController(context.extensionPath, channels));
  const clusters = new ClusterController(context, server);
  const topologies = new Topologies(context, server, clusters);
  const live = new LiveDocuments((method, params) => running.ask(method, params), (name) => clusters.labelOf(name), (name, ref) => clusters.objectOf(name, ref));
  const deploys = new DeployController(context, server);
  const history = new HistoryView(context, server, clusters);
  const plans = new PlanDocuments();
  context.subscriptions.push(
    channels,
    server,
    showStatus(server),
    registerServerCommands(server),
    registerLogCommands(channels),
    registerSettingsCommands(context.extension.id),
    registerReferenceCommands(),
    registerMigrationCommands((method, params) => running.ask(method, params)),
    topologies,
    registerTopologyCommands(topologies),
    watchObjects(),
    registerTraceCommands((method, params) => running.ask(method, params), (params) => topologies.trace(params)),
    new ExpectationTests(server),
    clusters,
    live,
    clusters.onDidChange(() => live.refresh()),
    new LiveDecorations(clusters),
    tellNews(clusters, (news) => ({ title: t('Shift Traffic…'), act: () => commands.executeCommand(FAILOVER, { lost: news.isCluster ? [news.context] : [] }) })),
    registerClusterCommands(clusters, live, async (name, one, title) => {
      const found = one.location && (await deploys.compare(name, one.location));
      if (found) await plans.show(`compared-${Date.now()}`, clusters.labelOf(name), found, title);
      return found !== undefined && found !== null;
    }),
    registerParts(),
    deploys,
    history,
    plans,
    registerDeployCommands({ clusters, deploys, history, documents: plans }),
    followApplies(server, deploys, clusters, history, plans),
    registerRequestCommands(server, clusters, deploys),
    registerReportCommands(context, server, channels),
  );
  void server.start(); // activation does not wait for it: the status item tells
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
