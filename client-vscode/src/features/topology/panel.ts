import { randomBytes } from 'node:crypto';
import { Disposable, env, l10n, Position, Range, TextEditorRevealType, ThemeColor, Uri, ViewColumn, window, workspace, type WebviewPanel } from 'vscode';
import type { Location } from 'vscode-languageclient/node';
import type { ClusterController } from '../clusters';
import { t } from '../l10n';
import type { ServerController } from '../server';
import { SECTION } from '../server/protocol';
import { keepExpectation } from '../testing/keep';
import { TRACE_METHOD, type Trace, type TraceParams } from '../trace/protocol';
import { applyPatches } from './drawing/graph';
import { marked } from './marked';
import type { ExportFormat, FromWebview, ToWebview } from './messages';
import { page } from './page';
import { CHANGED_METHOD, SUBSCRIBE_METHOD, TOPOLOGY_METHOD, UNSUBSCRIBE_METHOD, type Filters, type Graph, type Scope, type TopologyChange } from './protocol';
import type { Views } from './views';

export const VIEW_TYPE = `${SECTION}.topology`;

/** A place that was gone to is lit for so long. */
const LIT_MS = 1_500;

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = { svg: 'svg', png: 'png', mermaid: 'mmd', dot: 'dot' };

/** One panel: subscribes to the graph while it is there, and does what the page asks for. */
export class TopologyPanel implements Disposable {
  private static last = 0;
  private readonly name = `panel-${++TopologyPanel.last}`;
  /** One a question: what the server still tells of the one before is known by its name. */
  private subscription = '';
  private asked = 0;
  private readonly all: Disposable;
  private filters: Filters = {};
  private isReady = false;
  private waiting: ToWebview[] = [];
  /** The page has a graph that patches fit. */
  private version: number | undefined;
  /** The graph as the server tells it, where the page gets one with marks of ours. */
  private told: Graph | undefined;
  private targets = '';

  constructor(
    readonly panel: WebviewPanel,
    root: Uri,
    private readonly server: ServerController,
    private readonly clusters: ClusterController,
    private readonly views: Views,
    private scope: Scope,
    private readonly closed: (panel: TopologyPanel) => void,
  ) {
    const { webview } = panel;
    const dist = Uri.joinPath(root, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const file = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
    panel.iconPath = { light: Uri.joinPath(root, 'images', 'topology-light.svg'), dark: Uri.joinPath(root, 'images', 'topology-dark.svg') };
    panel.title = this.title();
    this.all = Disposable.from(
      webview.onDidReceiveMessage((message: FromWebview) => void this.receive(message)),
      server.onNotification<TopologyChange>(CHANGED_METHOD, (change) => this.change(change)),
      server.onDidChangeState((state) => {
        if (state.kind === 'ready') void this.subscribe();
        else [this.version, this.subscription] = [undefined, '']; // gone with its server
      }),
      clusters.onDidChange(() => this.tellTargets()),
      panel.onDidDispose(() => this.dispose()),
    );
    webview.html = page({ source: webview.cspSource, script: file('topology.js'), style: file('topology.css'), worker: file('layout.js'), nonce: randomBytes(16).toString('base64'), language: env.language, title: t('Traffic topology'), texts: l10n.bundle ?? {} });
  }

  get isLive(): boolean {
    return (this.scope.source ?? 'planned') !== 'planned';
  }

  get isWhole(): boolean {
    return this.scope.scope === 'workspace';
  }

  dispose(): void {
    this.all.dispose();
    this.closed(this);
    this.unsubscribe(this.subscription);
  }

  private unsubscribe(subscription: string): void {
    if (subscription !== '') void this.server.ask(UNSUBSCRIBE_METHOD, { subscription }).catch(() => undefined); // no server, no subscription
  }

  /** Shows another part. */
  show(scope: Scope): void {
    this.turnTo(scope);
    this.panel.reveal(undefined, true);
  }

  openTrace(params: TraceParams | null): void {
    this.panel.reveal(undefined, false);
    if (this.isLive) this.turnTo({ ...this.scope, source: 'planned' }); // requests are followed through the files
    this.send({ type: 'openTrace', params });
  }

  private turnTo(scope: Scope): void {
    this.scope = scope;
    this.panel.title = this.title();
    if (this.isReady) void this.subscribe();
  }

  private title(): string {
    const { scope, uri, source } = this.scope;
    if (source === 'live') return t('Live Topology');
    if (source === 'difference') return t('Topology: Files and Clusters');
    return scope === 'workspace' || uri === undefined ? t('Traffic Topology') : t('Topology: {0}', Uri.parse(uri).path.split('/').pop() ?? '');
  }

  private about(): string {
    const { scope, uri } = this.scope;
    if (scope === 'workspace' || uri === undefined) return '';
    const name = workspace.asRelativePath(Uri.parse(uri));
    return scope === 'file' ? name : t('object in {0}', name);
  }

  private send(message: ToWebview): void {
    if (this.isReady) void this.panel.webview.postMessage(message);
    else this.waiting.push(message);
  }

  private async subscribe(): Promise<void> {
    if (this.server.state.kind === 'starting') return; // asked for as soon as it is ready
    const former = this.subscription;
    const subscription = (this.subscription = `${this.name}.${++this.asked}`);
    [this.version, this.told] = [undefined, undefined];
    const { before: _before, ...scope } = this.scope;
    try {
      const subscribed = this.server.ask(SUBSCRIBE_METHOD, { ...scope, subscription, filters: this.filters });
      this.unsubscribe(former); // the new one first: what is kept for the former serves it, too
      await subscribed;
    } catch (e) {
      if (subscription === this.subscription) this.send({ type: 'problem', message: (e as Error).message });
    }
  }

  private change(change: TopologyChange): void {
    if (change.subscription !== this.subscription) return;
    const { before } = this.scope;
    if (change.patches) {
      // A patch that does not fit: the server tells of the whole again.
      if (change.fromVersion !== this.version) return void this.subscribe();
      this.version = change.version;
      if (!this.isReady) return;
      if (!before || !this.told) return this.send({ type: 'patches', patches: change.patches });
      this.told = applyPatches(this.told, change.patches);
    } else {
      this.version = change.version;
      this.told = { nodes: change.nodes ?? [], edges: change.edges ?? [] };
    }
    const { source = 'planned', contexts = [] } = this.scope;
    const about = this.about();
    const view = this.views.of(source, about);
    this.send({ type: 'graph', about, graph: before ? marked(before, this.told) : this.told, filters: this.filters, source, contexts, ...(view ? { view } : {}) });
    if (!before) this.told = undefined;
  }

  /** What the page can choose from. */
  private tellTargets(): void {
    if (!this.isReady) return;
    const targets = this.clusters.connected.map((one) => ({ context: one.context, label: one.label, isLost: one.state !== 'connected' && one.state !== 'connecting' }));
    const text = JSON.stringify(targets);
    if (text === this.targets) return;
    this.targets = text;
    this.send({ type: 'targets', targets });
  }

  private async receive(message: FromWebview): Promise<void> {
    switch (message.type) {
      case 'ready': {
        // Also after the panel was hidden: then the page begins anew.
        this.isReady = true;
        this.targets = '';
        const waiting = this.waiting.splice(0);
        this.tellTargets();
        await this.subscribe();
        for (const one of waiting) if (one.type !== 'graph') this.send(one);
        break;
      }
      case 'filter':
        this.filters = message.filters;
        await this.subscribe();
        break;
      case 'view':
        this.views.keep(message.source, message.about, message.view);
        break;
      case 'wholeWorkspace':
        this.show({ ...(this.scope.source ? { source: this.scope.source } : {}), ...(this.scope.contexts ? { contexts: this.scope.contexts } : {}), scope: 'workspace' });
        break;
      case 'source': {
        const { before: _before, contexts: _contexts, ...scope } = this.scope;
        this.turnTo({ ...scope, source: message.source, ...(message.contexts.length > 0 ? { contexts: message.contexts } : {}) });
        break;
      }
      case 'reveal':
        await reveal(message.location, message.takeFocus, this.panel.viewColumn);
        break;
      case 'trace':
        await this.tell(async () => this.send({ type: 'traced', params: message.params, trace: await this.server.ask<Trace>(TRACE_METHOD, message.params) }));
        break;
      case 'keep':
        await this.tell(async () => this.send({ type: 'kept', text: await keepExpectation((method, params) => this.server.ask(method, params), message.params) }));
        break;
      case 'export':
        await this.tell(() => this.export(message.format, message.data));
        break;
    }
  }

  private async tell(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (e) {
      void window.showErrorMessage(`Gateway LSP: ${(e as Error).message}`);
    }
  }

  private async export(format: ExportFormat, data: string | undefined): Promise<void> {
    const { before: _before, ...scope } = this.scope;
    const text = data ?? (await this.server.ask<{ text: string }>(TOPOLOGY_METHOD, { ...scope, filters: this.filters, format })).text;
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const name = `topology.${EXTENSIONS[format]}`;
    const target = await window.showSaveDialog({ title: t('Export Topology'), ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}), filters: { [format.toUpperCase()]: [EXTENSIONS[format]] } });
    if (!target) return;
    await workspace.fs.writeFile(target, format === 'png' ? Buffer.from(text, 'base64') : Buffer.from(text, 'utf8'));
    const choice = await window.showInformationMessage(t('The topology was written to {0}.', workspace.asRelativePath(target)), t('Open'));
    if (choice) await window.showTextDocument(target).then(undefined, () => undefined); // a picture is no text document
  }
}

/** Shows a place beside the panel, never on top of it, and lights it up for a moment. */
async function reveal({ uri, range: { start, end } }: Location, takeFocus: boolean, own: ViewColumn | undefined): Promise<void> {
  const shown = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === Uri.parse(uri).toString() && editor.viewColumn !== own);
  const elsewhere = window.visibleTextEditors.find((editor) => editor.viewColumn !== undefined && editor.viewColumn !== own);
  const viewColumn = shown?.viewColumn ?? elsewhere?.viewColumn ?? (own === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One);
  const range = new Range(new Position(start.line, start.character), new Position(end.line, end.character));
  const editor = await window.showTextDocument(Uri.parse(uri), { viewColumn, preserveFocus: !takeFocus, preview: true, selection: new Range(range.start, range.start) });
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  const light = window.createTextEditorDecorationType({ backgroundColor: new ThemeColor('editor.rangeHighlightBackground'), isWholeLine: true });
  editor.setDecorations(light, [range]);
  setTimeout(() => light.dispose(), LIT_MS);
}
