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

/** From where a drawing is seen. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** As a drawing begins, all of it, where the user moved or zoomed to, or where a search or a request led. The first two go by the size of the view. */
  readonly by: 'open' | 'all' | 'hand' | 'led';
}

export type ToWebview =
  /** `view`: how the user left it. */
  | { readonly type: 'graph'; readonly about: string; readonly graph: Graph; readonly filters: Filters; readonly source: Source; readonly contexts: readonly string[]; readonly view?: View }
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
  /** How the user sees a drawing now. */
  | { readonly type: 'view'; readonly about: string; readonly source: Source; readonly view: View }
  | { readonly type: 'wholeWorkspace' }
  /** `contexts`: none for all that are connected. */
  | { readonly type: 'source'; readonly source: Source; readonly contexts: readonly string[] }
  /** `data`: of svg the text, of png base64; the others are the server's to make. */
  | { readonly type: 'export'; readonly format: ExportFormat; readonly data?: string };
