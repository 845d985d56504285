// The extension, as the page reaches it.
import type { Facets } from '../drawing/ways';
import type { FromWebview, View } from '../messages';
import type { Source } from '../protocol';

declare function acquireVsCodeApi(): { postMessage(message: FromWebview): void; getState(): Kept | undefined; setState(state: Kept): void };

/** What outlives the page when the panel is hidden. */
export interface Kept {
  readonly folded: readonly string[];
  readonly about: string;
  readonly facets: Facets;
  readonly source?: Source;
  readonly view?: View;
}

export const host = acquireVsCodeApi();

export const post = (message: FromWebview): void => host.postMessage(message);
