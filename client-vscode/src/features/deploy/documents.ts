import { commands, EventEmitter, Uri, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';
import { refText, type ObjectRef } from '../clusters/protocol';
import { fileName } from '../clusters/yaml';

/** Read-only YAML of an object before and after an apply. */
export const PLAN_SCHEME = 'gateway-lsp-plan';

/** Texts that were opened stay readable while a window lives; a plan has a few objects of some kB. */
const MAX_TEXTS = 400;

/** The left side is what a cluster has now; else it is what it had before. */
const LIVE = 'live';
export const PAST = 'before';

interface Sides extends ObjectRef {
  readonly before: string;
  readonly after: string;
}

/** Shows what an apply changes in the editor's own diff. */
export class PlanDocuments implements TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new EventEmitter<Uri>();
  private readonly registered = workspace.registerTextDocumentContentProvider(PLAN_SCHEME, this);

  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  /** @param id of the plan or of the apply in the journal @param words how the two sides are called */
  open(id: string, label: string, one: Sides, words: string, left = LIVE): Thenable<unknown> {
    return this.show(id, label, one, `${refText(one)}: ${label}, ${words}`, left);
  }

  show(id: string, label: string, one: Sides, title: string, left = LIVE): Thenable<unknown> {
    return commands.executeCommand('vscode.diff', ...this.pair(id, label, one, left), title, { preview: true });
  }

  openAll(id: string, label: string, all: readonly Sides[], title: string, left = LIVE): Thenable<unknown> {
    const changes = all.map((one) => {
      const [before, after] = this.pair(id, label, one, left);
      return [after, before, after];
    });
    return commands.executeCommand('vscode.changes', title, changes);
  }

  /**
   * An object was written: what a tab shows as live on its left is that no more. Tabs of the history, which show how it was, stay.
   * @param label of the cluster
   */
  written(label: string, one: Sides): void {
    const end = `/${label}/${LIVE}/${fileName(one)}`;
    for (const [path, text] of this.texts) {
      if (!path.endsWith(end) || text === one.after) continue;
      this.texts.set(path, one.after);
      this.changed.fire(Uri.from({ scheme: PLAN_SCHEME, path }));
    }
  }

  dispose(): void {
    this.registered.dispose();
    this.changed.dispose();
  }

  private pair(id: string, label: string, one: Sides, left: string): [Uri, Uri] {
    return [this.put(`/${id}/${label}/${left}/${fileName(one)}`, one.before), this.put(`/${id}/${label}/after/${fileName(one)}`, one.after)];
  }

  private put(path: string, text: string): Uri {
    const uri = Uri.from({ scheme: PLAN_SCHEME, path });
    this.texts.delete(uri.path);
    this.texts.set(uri.path, text);
    for (const oldest of this.texts.keys()) {
      if (this.texts.size <= MAX_TEXTS) break;
      this.texts.delete(oldest);
    }
    return uri;
  }
}
