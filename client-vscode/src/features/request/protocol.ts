import type { Position } from 'vscode-languageclient/node';

export const SEND_REQUEST_METHOD = 'gatewayLsp/sendRequest';

/** Argument of the command, as the lens of the server sends it. */
export interface RequestPlace {
  readonly uri?: string;
  readonly position?: Position;
  readonly contexts?: readonly string[];
}

export interface SendParams {
  readonly context: string;
  readonly uri: string;
  readonly position: Position;
  readonly count: number;
}

/** What a number of equal requests came to. */
export interface Sent {
  readonly address: string;
  readonly request: { readonly method: string; readonly host: string; readonly path: string };
  readonly gateway: { readonly listener?: string | null; readonly route?: string | null; readonly rule?: number };
  readonly asExpected: boolean;
  readonly expected: readonly { readonly backend: string; readonly share: number }[];
  readonly observed: readonly { readonly backend: string; readonly count: number; readonly differs: boolean; readonly pods: Readonly<Record<string, number>> }[];
  /** Answers that do not tell who gave them. */
  readonly untold: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  readonly sample: { readonly status: string; readonly headers: readonly { readonly name: string; readonly value: string }[]; readonly body: string } | null;
  readonly errors: readonly { readonly message: string; readonly count: number }[];
  readonly certificate?: string | null;
}
