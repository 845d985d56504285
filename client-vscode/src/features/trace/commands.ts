import { commands, Position, QuickPickItemKind, Range, Uri, window, type Disposable, type QuickPickItem } from 'vscode';
import { REQUEST_AT_METHOD, TRACE_METHOD, type Trace, type TraceParams, type TracePlace } from './protocol';
import { report } from './report';

export const TRACE = 'gatewayLsp.trace';

/** Sends a request of ours to the server; rejects while none is running. */
export type Ask = <T>(method: string, params: object) => Promise<T>;

/** Asks for a request, follows it and shows what comes of it. */
export function registerTraceCommands(ask: Ask): Disposable {
  return commands.registerCommand(TRACE, async (place: TracePlace | undefined = here()) => {
    const sample = place && (await ask<TraceParams | null>(REQUEST_AT_METHOD, { textDocument: { uri: place.uri }, position: place.position }));
    if (!sample) {
      void window.showInformationMessage('Place the cursor in a Gateway or in a route that names a Gateway or Service as parent.');
      return;
    }
    const to = sample.gateway ? `Gateway ${sample.gateway.namespace}/${sample.gateway.name}` : `pods of namespace ${sample.client?.namespace ?? 'default'}`;
    const text = await window.showInputBox({
      title: sample.gateway ? `Trace a request to ${to}` : `Trace a request from ${to}`,
      prompt: 'Method, URL and headers, or a curl command. Nothing is sent anywhere.',
      value: sample.text,
      ignoreFocusOut: true,
    });
    if (text) await show(text, await ask<Trace>(TRACE_METHOD, { ...sample, text }));
  });
}

function here(): TracePlace | undefined {
  const editor = window.activeTextEditor;
  return editor && { uri: editor.document.uri.toString(), position: editor.selection.active };
}

async function show(text: string, trace: Trace): Promise<void> {
  const items: (QuickPickItem & { leads?: 'rule' })[] = [];
  for (const { group, ...line } of report(trace)) {
    if (group !== undefined) items.push({ label: group, kind: QuickPickItemKind.Separator });
    items.push(line);
  }
  const chosen = await window.showQuickPick(items, { title: text, placeHolder: 'What becomes of the request, and why', matchOnDetail: true });
  if (chosen?.leads && trace.location) {
    const { uri, range: { start, end } } = trace.location;
    await window.showTextDocument(Uri.parse(uri), {
      selection: new Range(new Position(start.line, start.character), new Position(end.line, end.character)),
    });
  }
}
