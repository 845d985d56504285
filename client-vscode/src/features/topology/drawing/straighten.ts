// Within columns: the order that crosses least, and tops that make lines level.

/** Room between two cards, one below the other. */
export const BETWEEN = 18;

interface Tie {
  readonly item: Item;
  /** Where the line ends at the other and at this one, from the top. */
  readonly there: number;
  readonly here: number;
}

/** A card, or the place that a line takes in a column that it crosses. */
export interface Item {
  readonly height: number;
  top: number;
  readonly before: Tie[];
  readonly after: Tie[];
}

const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

/** The top at which the lines on one side would be level, on average. */
const wanted = (item: Item, ties: readonly Tie[]) => (ties.length === 0 ? item.top : mean(ties.map((tie) => tie.item.top + tie.there - tie.here)));

/** Columns are in order, their items too; the tops come out new. Deterministic: what has no reason to move stays. */
export function straighten(columns: readonly Item[][]): void {
  for (let round = 0; round < 2; round++) {
    for (const column of columns) {
      // By the rows that lines leave from, which the order of whole cards knows nothing of.
      const keys = new Map(column.map((item) => [item, wanted(item, item.before) + (item.before.length > 0 ? item.before[0]!.here : item.height / 2)]));
      column.sort((a, b) => keys.get(a)! - keys.get(b)!);
      level(column, (item) => wanted(item, item.before));
    }
    for (const column of [...columns].reverse()) level(column, (item) => wanted(item, item.after));
  }
  for (const column of columns) level(column, (item) => wanted(item, item.before.length > 0 ? item.before : item.after));
}

/** Tops as near to the wanted ones as the order and the room between allow: items that would overlap move as one. */
function level(column: readonly Item[], want: (item: Item) => number): void {
  const groups: { start: number; weight: number; sum: number; offset: number; items: { item: Item; offset: number }[] }[] = [];
  for (const item of column) {
    const top = want(item);
    groups.push({ start: top, weight: 1, sum: top, offset: item.height + BETWEEN, items: [{ item, offset: 0 }] });
    for (let last = groups.length - 1; last > 0 && groups[last]!.start < groups[last - 1]!.start + groups[last - 1]!.offset; last--) {
      const [above, below] = [groups[last - 1]!, groups.pop()!];
      for (const one of below.items) above.items.push({ item: one.item, offset: one.offset + above.offset });
      above.sum += below.sum - below.weight * above.offset;
      above.weight += below.weight;
      above.offset += below.offset;
      above.start = above.sum / above.weight;
    }
  }
  for (const group of groups) for (const { item, offset } of group.items) item.top = group.start + offset;
}
