import { commands, window, type Disposable } from 'vscode';
import { REQUEST_AT_METHOD, type TraceParams, type TracePlace } from './protocol';

export const TRACE = 'gatewayLsp.trace';

/** Sends a request of ours to the server; rejects while none is running. */
export type Ask = <T>(method: string, params: object) => Promise<T>;

/** Opens the panel that follows requests, with one that fits the place. */
export function registerTraceCommands(ask: Ask, open: (params: TraceParams | null) => void): Disposable {
  return commands.registerCommand(TRACE, async (place: TracePlace | undefined = here()) => {
    open(place ? await ask<TraceParams | null>(REQUEST_AT_METHOD, { textDocument: { uri: place.uri }, position: place.position }).catch(() => null) : null);
  });
}

function here(): TracePlace | undefined {
  const editor = window.activeTextEditor;
  return editor && { uri: editor.document.uri.toString(), position: editor.selection.active };
}
