import { Uri, type Disposable, type ExtensionContext } from 'vscode';
import type { ClusterController } from '../clusters';
import type { ServerController } from '../server';
import { NodeTree } from '../tree';
import { historyRows, type HistoryItem } from './historyRows';
import { HISTORY_METHOD, HISTORY_VIEW, type History } from './protocol';

/** The applies of this user to the clusters that are connected. */
export class HistoryView implements Disposable {
  private readonly tree: NodeTree<HistoryItem>;
  private readonly view;
  private readonly parts: Disposable[];
  private shown = '';

  constructor(
    context: ExtensionContext,
    private readonly server: ServerController,
    private readonly clusters: ClusterController,
  ) {
    this.tree = new NodeTree<HistoryItem>(HISTORY_VIEW, Uri.joinPath(context.extensionUri, 'images'));
    this.view = this.tree.view;
    this.parts = [
      this.tree,
      this.view.onDidChangeVisibility(() => void this.refresh()),
      clusters.onDidChange(() => {
        const now = clusters.connected.map((one) => one.context).join();
        if (now === this.shown) return;
        this.shown = now;
        void this.refresh();
      }),
    ];
  }

  /** Reads the journals of this machine: no cluster is asked. */
  of(context: string): Promise<History> {
    return this.server.ask<History>(HISTORY_METHOD, { context });
  }

  async refresh(): Promise<void> {
    if (!this.view.visible) return;
    const all = await Promise.all(
      this.clusters.connected.map(async ({ context, label }) => [context, { label, history: await this.of(context).catch((): History => ({ applies: [] })) }] as const),
    );
    this.tree.set(historyRows(new Map(all), Date.now()));
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}
