import { commands, Uri, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';
import { refText, type ObjectRef } from '../clusters/protocol';
import { fileName } from '../clusters/yaml';

/** Read-only YAML of an object before and after an apply. */
export const PLAN_SCHEME = 'gateway-lsp-plan';

/** Texts that were opened stay readable while a window lives; a plan has a few objects of some kB. */
const MAX_TEXTS = 400;

interface Sides extends ObjectRef {
  readonly before: string;
  readonly after: string;
}

/** Shows what an apply changes in the editor's own diff. */
export class PlanDocuments implements TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registered = workspace.registerTextDocumentContentProvider(PLAN_SCHEME, this);

  provideTextDocumentContent(uri: Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  /** @param id of the plan or of the apply in the journal @param words how the two sides are called */
  open(id: string, label: string, one: Sides, words: string): Thenable<unknown> {
    return this.show(id, label, one, `${refText(one)}: ${label}, ${words}`);
  }

  show(id: string, label: string, one: Sides, title: string): Thenable<unknown> {
    const [left, right] = this.pair(id, label, one);
    return commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  }

  openAll(id: string, label: string, all: readonly Sides[], title: string): Thenable<unknown> {
    const changes = all.map((one) => {
      const [left, right] = this.pair(id, label, one);
      return [right, left, right];
    });
    return commands.executeCommand('vscode.changes', title, changes);
  }

  dispose(): void {
    this.registered.dispose();
  }

  private pair(id: string, label: string, one: Sides): [Uri, Uri] {
    return [this.put(`/${id}/${label}/before/${fileName(one)}`, one.before), this.put(`/${id}/${label}/after/${fileName(one)}`, one.after)];
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
