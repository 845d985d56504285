import { commands, Disposable, EventEmitter, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { ClusterController } from '../clusters';
import { refText } from '../clusters/protocol';
import type { DeployController } from '../deploy';
import type { DeployItem } from '../deploy/rows';
import { t } from '../l10n';
import type { ServerController } from '../server';
import { shown } from '../server/shown';
import type { Node } from '../tree/node';
import { SEND_REQUEST_METHOD, type RequestPlace, type SendParams, type Sent } from './protocol';
import { sentLine, sentReport } from './report';

export const SEND_REQUEST = 'gatewayLsp.sendRequest';

/** The answer to test requests, as a page of Markdown. */
export const REQUEST_SCHEME = 'gateway-lsp-request';

/** Enough to see a split of 90 to 10, few enough to be a test and no load. */
const COUNTS = ['1', '10', '100', '1000'];

type Place = { readonly uri: string; readonly position: { readonly line: number; readonly character: number } };

/** Sends test requests through a Gateway of a connected cluster and compares who answers with what its objects say. */
export function registerRequestCommands(server: ServerController, clusters: ClusterController, deploys: DeployController): Disposable {
  const pages = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(REQUEST_SCHEME, { onDidChange: changed.event, provideTextDocumentContent: (uri) => pages.get(uri.path) ?? '' }),
    commands.registerCommand(SEND_REQUEST, async (from?: RequestPlace | Node<DeployItem>) => {
      const row = from && 'label' in from ? from.data : undefined;
      const place = from && !('label' in from) ? from : undefined;
      const at = placeOf(place, row) ?? (place?.contexts ? await ofPlan(deploys) : undefined) ?? here();
      if (!at) {
        void window.showInformationMessage(t('Place the cursor in a Gateway or a route first: it tells what request to send.'));
        return;
      }
      const context = row?.context ?? (await pick(clusters, place?.contexts));
      if (context === undefined) return;
      const count = await window.showQuickPick(COUNTS.map((n) => ({ label: n === '1' ? t('1 request') : t('{0} requests', n), n })), { title: t('Send test requests to {0}', clusters.labelOf(context)) });
      if (!count) return;
      const params: SendParams = { context, uri: at.uri, position: at.position, count: Number(count.n) };
      const sent = await shown(() =>
        window.withProgress({ location: ProgressLocation.Notification, cancellable: true, title: t('Sending requests to {0}', clusters.labelOf(context)) }, (_, token) => server.ask<Sent>(SEND_REQUEST_METHOD, params, token)),
      );
      if (!sent) return;
      const uri = Uri.from({ scheme: REQUEST_SCHEME, path: `/${t('Requests to {0}', clusters.labelOf(context)).replace(/[/?#]+/g, '-')}.md` });
      pages.set(uri.path, sentReport(sent, clusters.labelOf(context)));
      changed.fire(uri);
      await commands.executeCommand('markdown.showPreviewToSide', uri);
      const show = sent.asExpected ? window.showInformationMessage : window.showWarningMessage;
      void show(`${clusters.labelOf(context)}: ${sentLine(sent)}`);
    }),
  );
}

function placeOf(place: RequestPlace | undefined, row: DeployItem | undefined): Place | undefined {
  if (place?.uri && place.position) return { uri: place.uri, position: place.position };
  return row?.object?.location ? { uri: row.object.location.uri, position: row.object.location.range.start } : undefined;
}

/** Of the routes that were applied last, one: a route says more of a request than a Gateway does. */
async function ofPlan(deploys: DeployController): Promise<Place | undefined> {
  const found = new Map(deploys.state.plan?.targets.flatMap((target) => target.objects).filter((one) => one.location && /Route$|^Gateway$/.test(one.kind)).map((one) => [refText(one), one]));
  const routes = [...found.values()].filter((one) => one.kind !== 'Gateway');
  const all = routes.length > 0 ? routes : [...found.values()];
  const items = all.map((one) => ({ label: refText(one), one }));
  const { one } = (items.length < 2 ? items[0] : await window.showQuickPick(items, { title: t('Send a request for which route?') })) ?? {};
  return one?.location ? { uri: one.location.uri, position: one.location.range.start } : undefined;
}

function here(): Place | undefined {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== 'yaml') return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

/** @param among contexts that are meant; without them, all that are connected */
async function pick(clusters: ClusterController, among?: readonly string[]): Promise<string | undefined> {
  if (clusters.connected.length === 0) await commands.executeCommand('gatewayLsp.connect');
  const items = (among?.length ? among : clusters.connected.map((one) => one.context)).map((context) => ({ label: clusters.labelOf(context), detail: context, context }));
  return items.length < 2 ? items[0]?.context : (await window.showQuickPick(items, { title: t('Send requests to which cluster?') }))?.context;
}
