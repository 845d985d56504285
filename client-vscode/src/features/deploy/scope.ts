import { FileType, Uri, window, workspace, type QuickPickItem } from 'vscode';
import { t } from '../l10n';
import type { DeployPlace, Scope } from './protocol';

/** What is to be applied, and how it is called. */
export interface Chosen {
  readonly scope: Scope;
  readonly title: string;
}

const KUSTOMIZATION = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const name = (uri: string) => workspace.asRelativePath(Uri.parse(uri));

/** From an action of the server, a file or folder of the explorer, or by a question about the editor in use. */
export async function chooseScope(from: DeployPlace | Uri | undefined): Promise<Chosen | undefined> {
  if (from instanceof Uri) return ofResource(from);
  if (from?.scope) return { scope: from.scope, title: titleOf(from.scope) };
  return ask();
}

/** The command line and the palette name no place: what is in the editor counts. */
async function ask(): Promise<Chosen | undefined> {
  const editor = window.activeTextEditor;
  const document = editor?.document.languageId === 'yaml' ? editor.document : undefined;
  const choices: (QuickPickItem & { scope: Scope })[] = [];
  if (editor && document) {
    const uri = document.uri.toString();
    const { selection } = editor;
    if (!selection.isEmpty) {
      const point = ({ line, character }: { line: number; character: number }) => ({ line, character });
      choices.push({ label: t('Selected objects'), scope: { kind: 'selection', uri, range: { start: point(selection.start), end: point(selection.end) } } });
    }
    choices.push({ label: t('This file'), description: name(uri), scope: { kind: 'file', uri } });
    const { line, character } = selection.active;
    choices.push({ label: t('Object at the cursor'), scope: { kind: 'object', uri, position: { line, character } } });
  }
  if (workspace.workspaceFolders?.length) choices.push({ label: t('All manifests of the workspace'), scope: { kind: 'workspace' } });
  if (choices.length === 0) {
    void window.showInformationMessage(t('Open a manifest or a folder first.'));
    return undefined;
  }
  const chosen = choices.length === 1 ? choices[0] : await window.showQuickPick(choices, { title: t('What is to be applied?') });
  return chosen && { scope: chosen.scope, title: titleOf(chosen.scope) };
}

async function ofResource(uri: Uri): Promise<Chosen> {
  const isFolder = ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  const hasKustomization = isFolder && (await workspace.fs.readDirectory(uri)).some(([file]) => KUSTOMIZATION.includes(file));
  const isKustomization = KUSTOMIZATION.includes(uri.path.slice(uri.path.lastIndexOf('/') + 1));
  const scope: Scope = { kind: hasKustomization || isKustomization ? 'kustomize' : isFolder ? 'folder' : 'file', uri: uri.toString() };
  return { scope, title: titleOf(scope) };
}

function titleOf(scope: Scope): string {
  if (scope.uri === undefined) return t('Workspace');
  switch (scope.kind) {
    case 'object': return t('Object of {0}', name(scope.uri));
    case 'selection': return t('Selection of {0}', name(scope.uri));
    case 'kustomize': return t('{0} (kustomize)', name(scope.uri));
    default: return name(scope.uri);
  }
}
