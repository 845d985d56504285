// Places for cards: columns in the order that a request takes; within a namespace by dagre, namespaces and clusters as blocks.
import { Graph, layout as order } from '@dagrejs/dagre';
import { BETWEEN, straighten, type Item } from './straighten';

export interface PlacedCard {
  readonly id: string;
  readonly column: number;
  readonly width: number;
  readonly height: number;
  readonly cluster: string;
  readonly namespace: string;
}

export interface LaidLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Where it leaves and arrives, from the top of its cards. */
  readonly fromY: number;
  readonly toY: number;
  readonly hasLabel: boolean;
}

export interface LayoutInput {
  readonly cards: readonly PlacedCard[];
  readonly lines: readonly LaidLine[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Frame extends Point {
  readonly kind: 'namespace' | 'cluster';
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly places: Readonly<Record<string, Point>>;
  /** Where a line crosses columns between its ends, by line: the middle of its way there. */
  readonly bends: Readonly<Record<string, readonly (Point & { readonly width: number })[]>>;
  readonly frames: readonly Frame[];
  readonly width: number;
  readonly height: number;
}

const GAP = 62;
const LABEL_GAP = 108;
const FRAME_HEAD = 30;
const FRAME_SIDE = 14;
const BLOCK_GAP = 22;
/** Above the first of all. */
const TOP = 20;

/** Something that takes a stretch of some columns; `place` gives it its top. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly height: number;
  readonly cards: readonly PlacedCard[];
  readonly place: (top: number) => void;
}

class Places {
  readonly y = new Map<string, number>();
  readonly bendY = new Map<string, { column: number; y: number }[]>();
  readonly frames: { kind: Frame['kind']; name: string; first: number; last: number; top: number; height: number; inset: number }[] = [];
}

export function layOut(input: LayoutInput): Layout {
  const used = [...new Set(input.cards.map((card) => card.column))].sort((a, b) => a - b);
  const columnOf = new Map(used.map((column, i) => [column, i]));
  const cards = input.cards.map((card) => ({ ...card, column: columnOf.get(card.column)! }));
  const byId = new Map(cards.map((card) => [card.id, card]));
  const lines = input.lines.filter((line) => (byId.get(line.to)?.column ?? 0) > (byId.get(line.from)?.column ?? 0));

  const places = new Places();
  const clusters = group(cards, (card) => card.cluster);
  const blocks: Block[] = [];
  for (const [cluster, members] of clusters) {
    const inner = namespaceBlocks(members, lines, places);
    if (cluster === '') blocks.push(...inner);
    else blocks.push(frame('cluster', cluster, pack(inner, lines), places, 1));
  }
  if (blocks.length > 0) pack(blocks, lines).place(0);

  const { left, widths } = columns(cards, lines, byId, used.length, clusters.size > 1 || !clusters.has(''));
  return finish(cards, places, left, widths);
}

function group<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const list = groups.get(key(item));
    if (list) list.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function namespaceBlocks(cards: readonly PlacedCard[], lines: readonly LaidLine[], places: Places): Block[] {
  const blocks: Block[] = [];
  for (const [namespace, members] of group(cards, (card) => card.namespace)) {
    if (namespace === '') {
      for (const card of members) blocks.push({ first: card.column, last: card.column, height: card.height, cards: [card], place: (top) => places.y.set(card.id, top) });
      continue;
    }
    const inner = stack(members, lines);
    blocks.push(frame('namespace', namespace, { ...inner, cards: members, place: (top) => inner.put(top, places) }, places, 0));
  }
  return blocks;
}

/** The cards of a namespace among themselves: in the order that dagre gives them, then level with what they are connected with. */
function stack(cards: readonly PlacedCard[], lines: readonly LaidLine[]): { first: number; last: number; height: number; put: (top: number, places: Places) => void } {
  const first = Math.min(...cards.map((card) => card.column));
  const last = Math.max(...cards.map((card) => card.column));
  const own = new Map(cards.map((card) => [card.id, card]));
  const inner = lines.filter((line) => own.has(line.from) && own.has(line.to));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranker: 'none', nodesep: BETWEEN, edgesep: 14, ranksep: 60 });
  graph.setDefaultEdgeLabel(() => ({}));
  // Twice the column: dagre keeps every other rank for labels.
  for (const card of cards) graph.setNode(card.id, { width: card.width, height: card.height, rank: (card.column - first) * 2 });
  for (const line of inner) graph.setEdge(line.from, line.to, { weight: 1 }, line.id);
  order(graph);

  const columns: Item[][] = Array.from({ length: last - first + 1 }, () => []);
  const items = new Map<string, Item>();
  for (const card of cards) {
    const item: Item = { height: card.height, top: (graph.node(card.id) as { y: number }).y - card.height / 2, before: [], after: [] };
    items.set(card.id, item);
    columns[card.column - first]!.push(item);
  }
  // A line that crosses columns takes a place in each.
  const bends: [string, { column: number; item: Item }[]][] = [];
  for (const line of inner) {
    const [a, b] = [own.get(line.from)!.column, own.get(line.to)!.column];
    const points = (graph.edge({ v: line.from, w: line.to, name: line.id }) as { points?: Point[] }).points ?? [];
    const through: { column: number; item: Item }[] = [];
    for (let c = a + 1; c < b; c++) {
      const y = points[Math.round(((c - a) / (b - a)) * (points.length - 1))]?.y ?? 0;
      const item: Item = { height: 10, top: y - 5, before: [], after: [] };
      through.push({ column: c, item });
      columns[c - first]!.push(item);
    }
    if (through.length > 0) bends.push([line.id, through]);
    const way = [{ item: items.get(line.from)!, in: line.fromY, out: line.fromY }, ...through.map(({ item }) => ({ item, in: 5, out: 5 })), { item: items.get(line.to)!, in: line.toY, out: line.toY }];
    for (let i = 1; i < way.length; i++) {
      way[i - 1]!.item.after.push({ item: way[i]!.item, there: way[i]!.in, here: way[i - 1]!.out });
      way[i]!.item.before.push({ item: way[i - 1]!.item, there: way[i - 1]!.out, here: way[i]!.in });
    }
  }
  for (const column of columns) column.sort((a, b) => a.top - b.top);
  straighten(columns);

  const all = columns.flat();
  const top = Math.min(...all.map((item) => item.top));
  return {
    first,
    last,
    height: Math.max(...all.map((item) => item.top + item.height)) - top,
    put: (at, places) => {
      for (const [id, item] of items) places.y.set(id, at + item.top - top);
      for (const [id, through] of bends) places.bendY.set(id, through.map(({ column, item }) => ({ column, y: at + item.top + item.height / 2 - top })));
    },
  };
}

function frame(kind: Frame['kind'], name: string, inner: Block, places: Places, inset: number): Block {
  const height = inner.height + FRAME_HEAD + FRAME_SIDE;
  return {
    first: inner.first,
    last: inner.last,
    height,
    cards: inner.cards,
    place: (top) => {
      places.frames.push({ kind, name, first: inner.first, last: inner.last, top, height, inset });
      inner.place(top + FRAME_HEAD);
    },
  };
}

/**
 * One block of several, which overlap nowhere: those of the fullest column first, one below the other, then each of the others as near as can be
 * to the middle of what it is connected with.
 */
function pack(blocks: readonly Block[], lines: readonly LaidLine[]): Block {
  const load = new Map<number, number>();
  for (const block of blocks) for (let c = block.first; c <= block.last; c++) load.set(c, (load.get(c) ?? 0) + block.height);
  const fullest = [...load].reduce((a, b) => (b[1] > a[1] ? b : a), [0, -1] as [number, number])[0];
  const blockOf = new Map(blocks.flatMap((block) => block.cards.map((card) => [card.id, block] as const)));
  const neighbours = new Map<Block, Set<Block>>();
  for (const line of lines) {
    const [a, b] = [blockOf.get(line.from), blockOf.get(line.to)];
    if (!a || !b || a === b) continue;
    neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
    neighbours.set(b, (neighbours.get(b) ?? new Set()).add(a));
  }

  const tops = new Map<Block, number>();
  const wanted = (block: Block) => {
    const middles = [...(neighbours.get(block) ?? [])].filter((one) => tops.has(one)).map((one) => tops.get(one)! + one.height / 2);
    return middles.length === 0 ? 0 : middles.reduce((a, b) => a + b, 0) / middles.length - block.height / 2;
  };
  let top = 0;
  for (const block of blocks) {
    if (block.first > fullest || block.last < fullest) continue;
    tops.set(block, top);
    top += block.height + BLOCK_GAP;
  }
  const rest = blocks.filter((block) => !tops.has(block));
  const near = (block: Block) => Math.min(Math.abs(block.first - fullest), Math.abs(block.last - fullest));
  rest.sort((a, b) => near(a) - near(b) || b.height - a.height);
  for (const block of rest) tops.set(block, free(block, wanted(block), tops));

  const least = Math.min(0, ...tops.values());
  const height = Math.max(0, ...[...tops].map(([block, y]) => y + block.height)) - least;
  const place = (at: number) => {
    for (const [block, y] of tops) block.place(at + y - least);
  };
  return { first: Math.min(...blocks.map((b) => b.first)), last: Math.max(...blocks.map((b) => b.last)), height, cards: blocks.flatMap((b) => b.cards), place };
}

/** The top nearest to the wanted one at which the block overlaps none that is placed. */
function free(block: Block, wanted: number, tops: ReadonlyMap<Block, number>): number {
  const taken = [...tops].filter(([other]) => other.first <= block.last && other.last >= block.first).map(([other, y]) => [y - BLOCK_GAP, y + other.height + BLOCK_GAP] as const);
  const fits = (y: number) => taken.every(([a, b]) => y + block.height <= a + 0.5 || y >= b - 0.5);
  const candidates = [wanted, ...taken.flatMap(([a, b]) => [a - block.height, b])].filter(fits);
  return candidates.reduce((best, y) => (Math.abs(y - wanted) < Math.abs(best - wanted) ? y : best), candidates[0] ?? wanted);
}

function columns(cards: readonly PlacedCard[], lines: readonly LaidLine[], byId: ReadonlyMap<string, PlacedCard>, count: number, hasClusters: boolean): { left: number[]; widths: number[] } {
  const widths = new Array<number>(count).fill(0);
  for (const card of cards) widths[card.column] = Math.max(widths[card.column]!, card.width);
  const gaps = new Array<number>(count).fill(GAP);
  for (const line of lines) if (line.hasLabel) gaps[byId.get(line.to)!.column] = LABEL_GAP;
  const left: number[] = [];
  let x = FRAME_SIDE * (hasClusters ? 2 : 1) + 10;
  for (let c = 0; c < count; c++) {
    if (c > 0) x += widths[c - 1]! + gaps[c]! + (hasClusters ? 16 : 0);
    left.push(x);
  }
  return { left, widths };
}

function finish(cards: readonly PlacedCard[], places: Places, left: readonly number[], widths: readonly number[]): Layout {
  const bends: Record<string, readonly (Point & { width: number })[]> = {};
  for (const [id, through] of places.bendY) bends[id] = through.map((point) => ({ x: left[point.column]!, y: point.y + TOP, width: widths[point.column]! }));
  const frames = places.frames.map(({ kind, name, first, last, top, height, inset }): Frame => {
    const side = FRAME_SIDE * (inset + 1);
    return { kind, name, x: left[first]! - side, y: top + TOP, width: left[last]! + widths[last]! + side - (left[first]! - side), height };
  });
  // Clusters behind namespaces.
  frames.sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'cluster' ? -1 : 1));
  const placed = Object.fromEntries(cards.map((card) => [card.id, { x: left[card.column]!, y: (places.y.get(card.id) ?? 0) + TOP }]));
  const right = Math.max(0, ...cards.map((card) => left[card.column]! + card.width), ...frames.map((one) => one.x + one.width));
  const bottom = Math.max(0, ...cards.map((card) => placed[card.id]!.y + card.height), ...frames.map((one) => one.y + one.height));
  return { places: placed, bends, frames, width: right + 20, height: bottom + 20 };
}
