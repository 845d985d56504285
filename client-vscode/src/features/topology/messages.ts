// What the extension and its webview tell each other.
import type { Location } from 'vscode-languageclient/node';
import type { Trace, TraceParams } from '../trace/protocol';
import type { Filters, Graph, Patch, Source } from './protocol';

/** A connected cluster, to be chosen. */
export interface Target {
  readonly context: string;
  readonly label: string;
  /** It does not answer: what is shown of it is its last state. */
  readonly isLost: boolean;
}

export type ToWebview =
  | { readonly type: 'graph'; readonly about: string; readonly graph: Graph; readonly filters: Filters; readonly source: Source; readonly contexts: readonly string[] }
  | { readonly type: 'targets'; readonly targets: readonly Target[] }
  | { readonly type: 'patches'; readonly patches: readonly Patch[] }
  | { readonly type: 'problem'; readonly message: string }
  | { readonly type: 'openTrace'; readonly params: TraceParams | null }
  | { readonly type: 'traced'; readonly params: TraceParams; readonly trace: Trace }
  | { readonly type: 'kept'; readonly text: string };

export type ExportFormat = 'svg' | 'png' | 'mermaid' | 'dot';

export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'filter'; readonly filters: Filters }
  | { readonly type: 'reveal'; readonly location: Location; readonly takeFocus: boolean }
  | { readonly type: 'trace'; readonly params: TraceParams }
  | { readonly type: 'keep'; readonly params: TraceParams }
  | { readonly type: 'wholeWorkspace' }
  /** `contexts`: none for all that are connected. */
  | { readonly type: 'source'; readonly source: Source; readonly contexts: readonly string[] }
  /** `data`: of svg the text, of png base64; the others are the server's to make. */
  | { readonly type: 'export'; readonly format: ExportFormat; readonly data?: string };
