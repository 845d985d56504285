import type { Location, Position } from 'vscode-languageclient/node';

/** Follows a request; the result is a line of `gateway-lsp trace --jsonl` (docs/cli.md). */
export const TRACE_METHOD = 'gatewayLsp/trace';

/** A request that fits the place, and who gets it. */
export const REQUEST_AT_METHOD = 'gatewayLsp/requestAt';

/** What becomes of a request as an edit that keeps it as an expectation; params as of the trace. */
export const EXPECTATION_OF_METHOD = 'gatewayLsp/expectationOf';

/** Argument of the command, as the server's lens sends it: lines and characters are counted from 0. */
export interface TracePlace {
  readonly uri: string;
  readonly position: Position;
}

/** What to follow: `text` is what a person typed or pasted. */
export interface TraceParams {
  readonly text: string;
  readonly gateway?: { readonly namespace: string; readonly name: string };
  readonly client?: { readonly namespace: string };
}

interface Target {
  readonly namespace: string;
  readonly name: string;
  readonly port: number | null;
  readonly kind?: string;
}

/** Of the trace, what is shown. */
export interface Trace {
  readonly cluster?: string;
  readonly listener: string | null;
  readonly listenerSet?: { readonly namespace: string; readonly name: string };
  readonly route: { readonly kind: string; readonly namespace: string; readonly name: string } | null;
  readonly rule: number | null;
  readonly ruleName?: string;
  readonly match: number | null;
  readonly filters: readonly { readonly type: string }[];
  readonly response: { readonly statusCodes: readonly number[]; readonly connection?: string } | null;
  readonly redirect: { readonly location?: string; readonly scheme: string; readonly host: string; readonly port: number | null; readonly path: string; readonly statusCode: number } | null;
  readonly backends: readonly (Target & { readonly share: number; readonly problem?: string })[];
  readonly mirrors: readonly (Target & { readonly share: number })[];
  readonly upstreamRequest: { readonly host: string; readonly path: string; readonly method: string } | null;
  readonly why: readonly string[];
  readonly location?: Location;
  readonly error?: string;
}
