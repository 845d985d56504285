import type { Graph, Mark } from './protocol';

interface Marked {
  readonly id: string;
  readonly mark?: Mark;
}

/** What an element says, apart from where it stands and how it is well: that changes without anybody's doing. */
function said(one: Marked): string {
  const { index: _index, state: _state, reasons: _reasons, facts: _facts, location: _location, mark: _mark, ...rest } = one as Marked & Record<string, unknown>;
  return JSON.stringify(rest);
}

function compared<T extends Marked>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Map(before.map((one) => [one.id, said(one)]));
  const left = new Set(after.map((one) => one.id));
  return [
    ...after.map((one): T => {
      const was = known.get(one.id);
      return was === undefined ? { ...one, mark: 'added' } : was === said(one) ? one : { ...one, mark: 'changed' };
    }),
    ...before.filter((one) => !left.has(one.id)).map((one): T => ({ ...one, mark: 'removed' })),
  ];
}

/** The later of two graphs, with marks on what is new or another, and with what is gone. */
export const marked = (before: Graph, after: Graph): Graph => ({ nodes: compared(before.nodes, after.nodes), edges: compared(before.edges, after.edges) });
