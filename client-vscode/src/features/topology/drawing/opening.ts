// How large a drawing is when it is opened.

/** Room around all of the drawing. */
export const EDGE = 16;

/** Below this the form of a drawing is seen, and words are hardly read: a drawing begins no smaller, unless that shows all columns. */
const READABLE = 0.6;
/** A drawing begins no smaller than this, even if it is cut then. */
export const LEAST = 0.4;

/**
 * How large a drawing is at first in a view: all of it if words can be read then, else at least its whole width, that is from the clients to the
 * workloads, where lists go on below the edge.
 */
export function openingScale(view: { readonly width: number; readonly height: number }, drawing: { readonly width: number; readonly height: number }): number {
  const [w, h] = [(view.width - 2 * EDGE) / drawing.width, (view.height - 2 * EDGE) / drawing.height];
  return Math.min(1, Math.max(Math.min(w, h), Math.min(w, READABLE), LEAST));
}
