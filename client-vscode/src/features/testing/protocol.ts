import type { Range } from 'vscode-languageclient/node';

/** What comments of manifests say of requests (`# expect: GET /api -> shop`), and whether it holds. */
export const EXPECTATIONS_METHOD = 'gatewayLsp/expectations';

export interface ExpectationEntry {
  readonly range: Range;
  readonly text: string;
  /** Absent when the files do not say enough to tell. */
  readonly passed?: boolean;
  readonly message?: string;
}

export interface ExpectationFile {
  readonly uri: string;
  readonly expectations: readonly ExpectationEntry[];
}

export interface Expectations {
  readonly files: readonly ExpectationFile[];
}

/** Texts may be there twice in a file: the second is called so. */
export function identified(entries: readonly ExpectationEntry[]): { readonly id: string; readonly entry: ExpectationEntry }[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const count = (seen.get(entry.text) ?? 0) + 1;
    seen.set(entry.text, count);
    return { id: count === 1 ? entry.text : `${entry.text} (${count})`, entry };
  });
}
