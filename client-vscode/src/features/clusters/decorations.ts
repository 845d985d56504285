import { EventEmitter, ThemeColor, Uri, window, type Disposable, type FileDecoration, type FileDecorationProvider } from 'vscode';
import type { ClusterController } from '.';
import { t } from '../l10n';
import { badFiles } from './badFiles';

/** Marks files in the explorer with an object that a connected cluster says is not well. */
export class LiveDecorations implements FileDecorationProvider, Disposable {
  private readonly changed = new EventEmitter<Uri[]>();
  private readonly parts: Disposable[];
  private bad: ReadonlyMap<string, readonly string[]> = new Map();

  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(clusters: ClusterController) {
    this.parts = [window.registerFileDecorationProvider(this), clusters.onDidChange(() => this.update(clusters)), this.changed];
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    const bad = this.bad.get(uri.toString());
    return bad && { badge: '✗', color: new ThemeColor('list.warningForeground'), tooltip: t('In clusters: {0}', bad.join('; ')) };
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private update(clusters: ClusterController): void {
    const before = this.bad;
    // Through Uri, as servers may spell a URI otherwise than the editor does.
    this.bad = badFiles(clusters.connected.map((one) => ({ label: one.label, objects: clusters.objectsOf(one.context) })), (uri) => Uri.parse(uri).toString());
    const touched = new Set([...before.keys(), ...this.bad.keys()].filter((uri) => before.get(uri)?.join() !== this.bad.get(uri)?.join()));
    if (touched.size > 0) this.changed.fire([...touched].map((uri) => Uri.parse(uri)));
  }
}
