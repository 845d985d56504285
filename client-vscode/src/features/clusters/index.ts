import { commands, EventEmitter, StatusBarAlignment, ThemeColor, Uri, window, workspace, type Disposable, type ExtensionContext, type Memento } from 'vscode';
import type { ServerController } from '../server';
import { t } from '../l10n';
import { NodeTree } from '../tree';
import { clusterNews, objectNews, type News } from './changes';
import {
  CHANGED_METHOD, CLUSTERS_VIEW, CONNECT_METHOD, CONNECTED, CONTEXTS_METHOD, DISCONNECT_METHOD, LIVE_OBJECTS_METHOD, NO_CONTEXTS, TRUSTED_METHOD, refText,
  type Cluster, type Clusters, type Context, type Contexts, type LiveObject, type LiveObjects, type ObjectRef,
} from './protocol';
import { clusterRows, type ClusterItem, type ClustersState } from './rows';
import { statusBarView } from './statusBar';

/** Contexts that were connected in this workspace, to be connected again. */
const REMEMBERED = 'clusters.connected';

/** The server tells of changes of health; what else changed of an object is asked for, while somebody looks. */
const LOOK_MS = 3_000;

/** Changes that come quickly are looked at together: the list of objects may be long. */
const TOLD_MS = 700;

/** The server asks for settings that changed; only then it knows the kubeconfig. */
const SETTINGS_MS = 500;

/** Commands that the rows of the view and the item of the status bar run. */
export const FOCUS_CLUSTERS = `${CLUSTERS_VIEW}.focus`;

/** Rows and notifications are no Markdown: the marks around names would be read as a part of them. */
const bare = (cluster: Cluster): Cluster => ({ ...cluster, ...(cluster.reason ? { reason: cluster.reason.replaceAll('`', '') } : {}), ...(cluster.hint ? { hint: cluster.hint.replaceAll('`', '') } : {}) });

/** The clusters of the user as far as this window knows them: keeps the view, the status bar and who else listens up to date. */
export class ClusterController implements Disposable {
  private readonly changed = new EventEmitter<void>();
  private readonly told = new EventEmitter<News>();
  private readonly tree: NodeTree<ClusterItem>;
  private readonly view;
  private readonly item = window.createStatusBarItem('gatewayLsp.targets', StatusBarAlignment.Left, 10);
  private readonly memory: Memento;
  private readonly parts: Disposable[];
  private readonly looking: NodeJS.Timeout;
  private rereading: NodeJS.Timeout | undefined;
  private asked: NodeJS.Timeout | undefined;
  private readonly objects = new Map<string, readonly LiveObject[]>();
  private contexts: readonly Context[] = [];
  private clusters: ReadonlyMap<string, Cluster> = new Map();
  private problems: readonly string[] = [];
  private seen = '';

  readonly onDidChange = this.changed.event;
  readonly onNews = this.told.event;

  constructor(
    context: ExtensionContext,
    private readonly server: ServerController,
  ) {
    this.memory = context.workspaceState;
    this.tree = new NodeTree<ClusterItem>(CLUSTERS_VIEW, Uri.joinPath(context.extensionUri, 'images'), { showCollapseAll: true });
    this.view = this.tree.view;
    this.item.name = t('Gateway LSP: targets');
    this.item.command = FOCUS_CLUSTERS;
    this.parts = [
      this.changed, this.told, this.tree, this.item,
      server.onDidChangeState((state) => {
        if (state.kind === 'ready') void this.begin();
        else this.forget();
      }),
      server.onNotification<Clusters>(CHANGED_METHOD, ({ clusters }) => this.take(clusters)),
      workspace.onDidGrantWorkspaceTrust(() => {
        server.notify(TRUSTED_METHOD, {});
        void this.begin();
      }),
      workspace.onDidChangeConfiguration((e) => {
        if (!e.affectsConfiguration('gatewayLsp.kubeconfig') && !e.affectsConfiguration('gatewayLsp.clusters')) return;
        clearTimeout(this.rereading);
        this.rereading = setTimeout(() => void this.refresh(), SETTINGS_MS);
      }),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) void this.look();
      }),
    ];
    this.looking = setInterval(() => {
      if (this.view.visible && window.state.focused) void this.look();
    }, LOOK_MS);
  }

  /** The clusters that are connected, in the order of the view. */
  get connected(): readonly Cluster[] {
    return [...this.clusters.values()];
  }

  get all(): readonly Context[] {
    return this.contexts;
  }

  /** Why the contexts could not be read, or not all of them. */
  get troubles(): readonly string[] {
    return this.problems;
  }

  labelOf(context: string): string {
    return this.clusters.get(context)?.label ?? this.contexts.find((one) => one.name === context)?.label ?? context;
  }

  objectsOf(context: string): readonly LiveObject[] {
    return this.objects.get(context) ?? [];
  }

  objectOf(context: string, ref: ObjectRef): LiveObject | undefined {
    return this.objectsOf(context).find((one) => one.apiVersion === ref.apiVersion && refText(one) === refText(ref));
  }

  /** Reads the kubeconfig again. @param reach also asks each cluster whether it answers, which runs credential plugins */
  async refresh(reach = false): Promise<void> {
    if (!workspace.isTrusted || this.server.state.kind === 'stopped') return;
    try {
      const { contexts, problems } = await this.server.ask<Contexts>(CONTEXTS_METHOD, { reach });
      this.contexts = contexts;
      this.problems = problems ?? [];
    } catch (e) {
      this.problems = [(e as Error).message];
    }
    void commands.executeCommand('setContext', NO_CONTEXTS, this.contexts.length === 0 && this.problems.length === 0);
    this.draw();
  }

  async connect(context: string): Promise<Cluster> {
    const answer = await this.server.ask<{ cluster: Cluster }>(CONNECT_METHOD, { context });
    const cluster = bare(answer.cluster);
    await this.remember([...this.remembered().filter((one) => one !== context), context]);
    this.clusters = new Map([...this.clusters, [context, cluster]]);
    this.draw();
    await this.look();
    return cluster;
  }

  async disconnect(context: string): Promise<void> {
    await this.server.ask(DISCONNECT_METHOD, { context });
    await this.remember(this.remembered().filter((one) => one !== context));
    this.clusters = new Map([...this.clusters].filter(([one]) => one !== context));
    this.objects.delete(context);
    this.draw();
  }

  /** Asks for the objects of all connected clusters: the server has them, no cluster is asked. */
  async look(): Promise<void> {
    await Promise.all([...this.clusters.values()].map((cluster) => this.lookAt(cluster)));
    this.draw();
  }

  dispose(): void {
    clearInterval(this.looking);
    clearTimeout(this.rereading);
    clearTimeout(this.asked);
    for (const part of this.parts) part.dispose();
  }

  private async begin(): Promise<void> {
    await this.refresh();
    const known = new Set(this.contexts.map((one) => one.name));
    const again = this.remembered().filter((one) => known.has(one));
    await Promise.all(again.map((context) => this.connect(context).catch(() => undefined))); // the view tells of what does not answer
  }

  /** The server is gone, and with it all connections. */
  private forget(): void {
    this.clusters = new Map();
    this.objects.clear();
    this.draw();
  }

  private take(told: readonly Cluster[]): void {
    const list = told.map(bare);
    const before = this.clusters;
    this.clusters = new Map(list.map((cluster) => [cluster.context, cluster]));
    for (const context of this.objects.keys()) if (!this.clusters.has(context)) this.objects.delete(context);
    for (const news of clusterNews(before, list)) this.told.fire(news);
    this.draw();
    this.asked ??= setTimeout(() => {
      this.asked = undefined;
      void this.look();
    }, TOLD_MS);
  }

  private async lookAt(cluster: Cluster): Promise<void> {
    try {
      const { objects } = await this.server.ask<LiveObjects>(LIVE_OBJECTS_METHOD, { context: cluster.context });
      const after = objects.map((one) => ({ ...one, namespace: one.namespace ?? '' }));
      const before = this.objects.get(cluster.context);
      const now = this.clusters.get(cluster.context);
      if (!now) return;
      this.objects.set(cluster.context, after);
      const news = before && now.state === 'connected' ? objectNews(now, before, after) : undefined;
      if (news) this.told.fire(news);
    } catch {
      // disconnected meanwhile, or the server ends: the next notification tells
    }
  }

  private draw(): void {
    const now = Date.now();
    const state: ClustersState = { contexts: this.contexts, clusters: this.clusters, objects: this.objects, problems: this.problems };
    this.tree.set(clusterRows(state, now));
    void commands.executeCommand('setContext', CONNECTED, this.clusters.size > 0);
    const view = statusBarView(this.connected, now);
    if (view) {
      this.item.text = view.text;
      this.item.tooltip = view.tooltip;
      this.item.accessibilityInformation = { label: view.spoken };
      this.item.backgroundColor = view.isWarning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
      this.item.show();
    } else this.item.hide();
    const seen = JSON.stringify([this.connected, [...this.objects]]);
    if (seen === this.seen) return;
    this.seen = seen;
    this.changed.fire();
  }

  private remembered(): readonly string[] {
    return this.memory.get<readonly string[]>(REMEMBERED, []);
  }

  private remember(contexts: readonly string[]): Thenable<void> {
    return this.memory.update(REMEMBERED, contexts);
  }
}
