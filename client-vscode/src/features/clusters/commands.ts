import { commands, Disposable, env, Range, Uri, ViewColumn, window, workspace, WorkspaceEdit, type QuickPickItem } from 'vscode';
import type { ClusterController } from '.';
import { t } from '../l10n';
import { shown } from '../server/shown';
import type { Node } from '../tree/node';
import { liveUri, type LiveDocuments } from './documents';
import { refText, type LiveObject } from './protocol';
import type { ClusterItem } from './rows';
import { appended, documentAt, fileName } from './yaml';

export const CONNECT = 'gatewayLsp.connect';
export const DISCONNECT = 'gatewayLsp.disconnect';
export const REFRESH_CLUSTERS = 'gatewayLsp.refreshClusters';
export const REACH_CLUSTERS = 'gatewayLsp.reachClusters';
export const OPEN_LIVE = 'gatewayLsp.openLive';
export const COMPARE_LIVE = 'gatewayLsp.compareLive';
export const PULL_LIVE = 'gatewayLsp.pullLive';
export const DESCRIBE_LIVE = 'gatewayLsp.describeLive';
export const GO_TO_FILE = 'gatewayLsp.goToManifest';
export const COPY_ADDRESS = 'gatewayLsp.copyAddress';

type Row = Node<ClusterItem> | undefined;

/** Shows an object and its manifest side by side, written in the same way; false where that can't be done. */
export type Compared = (context: string, one: LiveObject, title: string) => Promise<boolean>;

/** What can be done with clusters and their objects; from the view with its row, from the palette after a question. */
export function registerClusterCommands(clusters: ClusterController, documents: LiveDocuments, compared: Compared): Disposable {
  const withObject = (act: (context: string, one: LiveObject) => Thenable<unknown> | Promise<unknown>) => async (row: Row) => {
    const item = row?.data?.object ? row.data : await pickObject(clusters);
    if (item?.object) await shown(() => act(item.context, item.object!));
  };
  return Disposable.from(
    commands.registerCommand(CONNECT, async (row: Row | string) => {
      const context = typeof row === 'string' ? row : row?.data?.context ?? (await pickContext(clusters));
      if (context === undefined) return;
      await shown(() =>
        window.withProgress({ location: { viewId: 'gatewayLsp.clusters' } }, async () => {
          const cluster = await clusters.connect(context);
          if (cluster.state !== 'connected' && cluster.state !== 'connecting') {
            void window.showWarningMessage([t('{0} is not connected.', cluster.label), cluster.reason, cluster.hint].filter(Boolean).join(' '));
          }
        }),
      );
    }),
    commands.registerCommand(DISCONNECT, async (row: Row) => {
      const context = row?.data?.context ?? (await pickConnected(clusters));
      if (context !== undefined) await shown(() => clusters.disconnect(context));
    }),
    commands.registerCommand(REFRESH_CLUSTERS, async () => {
      await clusters.refresh();
      await clusters.look();
    }),
    commands.registerCommand(REACH_CLUSTERS, () => window.withProgress({ location: { viewId: 'gatewayLsp.clusters' } }, () => clusters.refresh(true))),
    commands.registerCommand(OPEN_LIVE, withObject((context, one) => window.showTextDocument(liveUri(context, one, 'full'), { preview: true }))),
    commands.registerCommand(COMPARE_LIVE, withObject((context, one) => compare(clusters, compared, context, one))),
    commands.registerCommand(DESCRIBE_LIVE, withObject((context, one) => commands.executeCommand('markdown.showPreview', liveUri(context, one, 'describe')))),
    commands.registerCommand(PULL_LIVE, withObject((context, one) => pull(documents, context, one))),
    commands.registerCommand(GO_TO_FILE, withObject((_, one) => (one.location ? showPlace(one) : Promise.resolve()))),
    commands.registerCommand(COPY_ADDRESS, withObject(async (_, one) => {
      const [address] = one.addresses;
      if (address !== undefined) await env.clipboard.writeText(address);
    })),
  );
}

const PROVIDER_NAMES = { eks: 'EKS', gke: 'GKE', other: '' };

async function pickContext(clusters: ClusterController): Promise<string | undefined> {
  if (clusters.all.length === 0) await clusters.refresh();
  const connected = new Set(clusters.connected.map((one) => one.context));
  const items = clusters.all.filter((one) => !connected.has(one.name)).map((one) => ({
    label: one.label,
    description: [PROVIDER_NAMES[one.provider], one.label === one.name ? '' : one.name].filter(Boolean).join(' · '),
    detail: one.cluster,
    context: one.name,
  }));
  if (items.length === 0) {
    const [trouble] = clusters.all.length === 0 ? clusters.troubles : [];
    if (trouble !== undefined) void window.showErrorMessage(`Gateway LSP: ${trouble}`);
    else void window.showInformationMessage(clusters.all.length === 0 ? t('The kubeconfig has no contexts.') : t('All contexts are connected.'));
    return undefined;
  }
  return (await window.showQuickPick(items, { title: t('Connect to a cluster'), placeHolder: t('Context of your kubeconfig'), matchOnDescription: true, matchOnDetail: true }))?.context;
}

async function pickConnected(clusters: ClusterController): Promise<string | undefined> {
  const items = clusters.connected.map((one) => ({ label: one.label, description: PROVIDER_NAMES[one.provider], context: one.context }));
  if (items.length === 0) void window.showInformationMessage(t('No cluster is connected.'));
  return items.length < 2 ? items[0]?.context : (await window.showQuickPick(items, { title: t('Disconnect from a cluster') }))?.context;
}

async function pickObject(clusters: ClusterController): Promise<ClusterItem | undefined> {
  const items = clusters.connected.flatMap(({ context, label }) =>
    clusters.objectsOf(context).map((object) => ({ label: refText(object), description: label, detail: object.summary, item: { context, object } })),
  );
  if (items.length === 0) {
    void window.showInformationMessage(t('No cluster is connected, or there are no Gateways and routes in it.'));
    return undefined;
  }
  return (await window.showQuickPick(items, { matchOnDescription: true, matchOnDetail: true, placeHolder: t('Object of a connected cluster') }))?.item;
}

/** Live left, the file right. The texts themselves only where nothing better can be made of them: they differ in the order of fields and in defaults. */
async function compare(clusters: ClusterController, compared: Compared, context: string, one: LiveObject): Promise<unknown> {
  const live = liveUri(context, one, 'clean');
  const title = `${refText(one)}: ${clusters.labelOf(context)} ↔ `;
  if (one.location) {
    const uri = Uri.parse(one.location.uri);
    const whole = title + workspace.asRelativePath(uri);
    if (await compared(context, one, whole)) return undefined;
    const part = documentAt((await workspace.openTextDocument(uri)).getText(), one.location.range.start.line);
    return commands.executeCommand('vscode.diff', live, part.isAll ? uri : partUri(uri, one.location.range.start.line), whole);
  }
  const [file] = (await window.showOpenDialog({ title: t('Compare with which file?'), filters: { YAML: ['yaml', 'yml'] } })) ?? [];
  return file && commands.executeCommand('vscode.diff', live, file, title + workspace.asRelativePath(file));
}

/** Read-only: a document among others of a file. */
export const PART_SCHEME = 'gateway-lsp-part';

const partUri = (file: Uri, line: number) => Uri.from({ scheme: PART_SCHEME, path: file.path, query: JSON.stringify({ uri: file.toString(), line }) });

export function registerParts(): Disposable {
  return workspace.registerTextDocumentContentProvider(PART_SCHEME, {
    async provideTextDocumentContent({ query }) {
      const { uri, line } = JSON.parse(query) as { uri: string; line: number };
      return documentAt((await workspace.openTextDocument(Uri.parse(uri))).getText(), line).text;
    },
  });
}

async function showPlace({ location }: LiveObject): Promise<unknown> {
  const { start, end } = location!.range;
  return window.showTextDocument(Uri.parse(location!.uri), { selection: new Range(start.line, start.character, end.line, end.character) });
}

async function pull(documents: LiveDocuments, context: string, one: LiveObject): Promise<unknown> {
  const text = await documents.text(context, one, 'clean');
  const active = window.activeTextEditor?.document;
  const choices: (QuickPickItem & { act: () => Promise<unknown> })[] = [];
  if (one.location) {
    const uri = Uri.parse(one.location.uri);
    choices.push({ label: t('$(replace) Replace it in {0}', workspace.asRelativePath(uri)), description: t('can be undone'), act: () => replace(uri, one.location!.range.start.line, text) });
  }
  if (active && active.languageId === 'yaml' && active.uri.scheme !== 'gateway-lsp-live' && active.uri.toString() !== one.location?.uri) {
    choices.push({ label: t('$(add) Add it to {0}', workspace.asRelativePath(active.uri)), act: () => write(active.uri, appended(active.getText(), text)) });
  }
  choices.push({ label: t('$(new-file) New file…'), act: () => newFile(one, text) });
  choices.push({ label: t('$(edit) Untitled editor'), act: async () => window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content: text })) });
  return (await window.showQuickPick(choices, { title: t('Pull {0} into the workspace', refText(one)), placeHolder: t('Where to?') }))?.act();
}

async function newFile(one: LiveObject, text: string): Promise<unknown> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({ title: t('Pull into a new file'), filters: { YAML: ['yaml', 'yml'] }, ...(folder ? { defaultUri: Uri.joinPath(folder, fileName(one)) } : {}) });
  if (!target) return undefined;
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  return window.showTextDocument(target, { viewColumn: ViewColumn.Active });
}

async function replace(uri: Uri, line: number, text: string): Promise<unknown> {
  const document = await workspace.openTextDocument(uri);
  const { start, end } = documentAt(document.getText(), line);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(start, 0, Math.min(end, document.lineCount), 0), text);
  await workspace.applyEdit(edit);
  return window.showTextDocument(document);
}

async function write(uri: Uri, text: string): Promise<unknown> {
  const document = await workspace.openTextDocument(uri);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(0, 0, document.lineCount, 0), text);
  await workspace.applyEdit(edit);
  return window.showTextDocument(document);
}
