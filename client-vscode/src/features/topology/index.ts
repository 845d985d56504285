import { Disposable, Uri, ViewColumn, window, type ExtensionContext, type WebviewPanel } from 'vscode';
import type { ClusterController } from '../clusters';
import { t } from '../l10n';
import type { ServerController } from '../server';
import type { TraceParams } from '../trace/protocol';
import { TopologyPanel, VIEW_TYPE } from './panel';
import type { Scope } from './protocol';
import { Views } from './views';

/** The panels with topologies: one for the workspace, and one that shows what was asked for last. */
export class Topologies implements Disposable {
  private panels: TopologyPanel[] = [];
  private readonly serializer: Disposable;
  private readonly views: Views;

  constructor(
    private readonly context: ExtensionContext,
    private readonly server: ServerController,
    private readonly clusters: ClusterController,
  ) {
    this.views = new Views(context.workspaceState);
    this.serializer = window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: (panel) => {
        this.adopt(panel, { scope: 'workspace' });
        return Promise.resolve();
      },
    });
  }

  show(scope: Scope): TopologyPanel {
    const known = this.panels.find((one) => one.isWhole === (scope.scope === 'workspace') && one.isLive === ((scope.source ?? 'planned') !== 'planned'));
    if (known) {
      known.show(scope);
      return known;
    }
    const panel = window.createWebviewPanel(VIEW_TYPE, t('Traffic Topology'), { viewColumn: window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active, preserveFocus: true }, { enableScripts: true, enableFindWidget: false });
    return this.adopt(panel, scope);
  }

  /** Beside the drawing that is open; else beside that of the whole workspace. */
  trace(params: TraceParams | null): void {
    const shown = this.panels.find((one) => one.panel.visible && one.isWhole && !one.isLive) ?? this.show({ scope: 'workspace' });
    shown.openTrace(params);
  }

  dispose(): void {
    this.serializer.dispose();
    for (const one of [...this.panels]) one.panel.dispose();
  }

  private adopt(panel: WebviewPanel, scope: Scope): TopologyPanel {
    const made = new TopologyPanel(panel, Uri.file(this.context.extensionPath), this.server, this.clusters, this.views, scope, (gone) => (this.panels = this.panels.filter((one) => one !== gone)));
    this.panels.push(made);
    return made;
  }
}
