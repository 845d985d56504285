// From the graph to what is drawn: cards with rows, and the lines between them. Sizes are in CSS pixels.
import { t } from '../../l10n';
import type { Fact, Graph, State, TopologyEdge, TopologyNode } from '../protocol';

export const HEADER = 48;
export const ROW = 24;
/** Below the last row. */
export const FOOT = 6;
/** Of a card's rows, more than these are told of in one. */
export const MAX_ROWS = 40;

export interface Row {
  /** Of the node; of the row that stands for the rest, that of the card with `#more`. */
  readonly id: string;
  readonly node?: TopologyNode;
  readonly text: string;
  readonly detail: string;
  readonly state: State;
}

export interface Card {
  readonly id: string;
  readonly node: TopologyNode;
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly Row[];
  /** Rows that are not shown since the user folded the card. */
  readonly folded: number;
  readonly state: State;
  readonly column: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly id: string;
  readonly edge: TopologyEdge;
  readonly from: string;
  readonly to: string;
  /** Where it leaves and arrives, from the top of the card. */
  readonly fromY: number;
  readonly toY: number;
  readonly label: string;
  /** Part of the requests, 0 to 1; 1 where no weight decides. */
  readonly weight: number;
  /** Leads against the stream and is drawn only when it is asked for: a redirect to a listener. */
  readonly isBack: boolean;
}

export interface Cards {
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
  /** The card that an element is drawn in, by the element's identifier. */
  readonly cardOf: ReadonlyMap<string, string>;
}

export type Face = 'title' | 'small' | 'row';
export type Measure = (text: string, face: Face) => number;

const COLUMNS: Readonly<Record<string, number>> = {
  client: 0, gateway: 1, listenerSet: 2, frontend: 2, route: 3, rule: 4, serviceImport: 5, other: 5, externalHost: 5, service: 6, workload: 7, cluster: 7,
};
const KINDS: Readonly<Record<string, string>> = {
  client: t('Client'), frontend: 'Service', externalHost: t('External host'), cluster: t('Cluster'), listener: t('Listener'), rule: t('Rule'),
};
const WORST: readonly State[] = ['ok', 'unknown', 'warning', 'error'];

export const worst = (states: Iterable<State>): State => [...states].reduce((a, b) => (WORST.indexOf(b) > WORST.indexOf(a) ? b : a), 'ok');

export const factsNamed = (facts: readonly Fact[], name: string): string[] => facts.filter((fact) => fact.name === name).map((fact) => fact.value);

/** How a person calls the kind of a node. */
export function kindName(node: TopologyNode): string {
  return KINDS[node.kind] ?? node.object?.kind ?? t('Backend');
}

/** The second line of a node without its kind, with which a workload's begins. */
export const detailOf = (node: TopologyNode): string => (node.detail.startsWith(`${kindName(node)} · `) ? node.detail.slice(kindName(node).length + 3) : node.detail);

function subtitle(node: TopologyNode): string {
  if (node.kind === 'client') return node.detail;
  const parts = [kindName(node), detailOf(node)];
  const presence = node.presence === 'absent' ? [t('not found')] : node.presence === 'unknown' ? [t('not in these files')] : [];
  return [...parts, ...presence].filter(Boolean).join(' · ');
}

function cardColumns(graph: Graph): (node: TopologyNode) => number {
  // A Service stands beside imports unless some import leads to a Service.
  const behindImport = graph.edges.some((edge) => edge.kind === 'exports');
  return (node) => (node.kind === 'service' && !behindImport ? 5 : COLUMNS[node.kind] ?? 5);
}

const widthOf = (card: { title: string; subtitle: string; rows: readonly Row[] }, measure: Measure) =>
  Math.max(
    measure(card.title, 'title') + 84,
    measure(card.subtitle, 'small') + 72,
    ...card.rows.map((row) => measure(row.text, 'row') + (row.detail ? measure(row.detail, 'small') + 14 : 0) + 46),
  );

/** @param folded cards whose rows the user does not want to see */
export function toCards(graph: Graph, measure: Measure, folded: ReadonlySet<string> = new Set()): Cards {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const isRow = (node: TopologyNode) => (node.kind === 'listener' || node.kind === 'rule') && node.parent !== undefined && byId.has(node.parent);
  const notes = new Map<string, string>();
  for (const edge of graph.edges) {
    if (edge.kind !== 'redirects') continue;
    const to = byId.get(edge.to);
    if (to?.kind === 'listener') notes.set(edge.from, `↩ ${edge.label} → ${to.label}`.replace('  ', ' '));
  }

  const rows = new Map<string, Row[]>();
  for (const node of graph.nodes) {
    if (!isRow(node)) continue;
    const list = rows.get(node.parent!) ?? [];
    list.push({ id: node.id, node, text: node.label, detail: [node.detail, notes.get(node.id)].filter(Boolean).join(' · '), state: node.state });
    rows.set(node.parent!, list);
  }

  const column = cardColumns(graph);
  const cardOf = new Map<string, string>();
  const heights = new Map<string, number>();
  const drafts: Card[] = [];
  for (const node of graph.nodes) {
    if (node.kind === 'gatewayClass' || isRow(node)) continue;
    const all = rows.get(node.id) ?? [];
    let shown = folded.has(node.id) ? [] : all;
    if (shown.length > MAX_ROWS) {
      const rest = shown.slice(MAX_ROWS - 1);
      shown = [...shown.slice(0, MAX_ROWS - 1), { id: `${node.id}#more`, text: t('and {0} more', rest.length), detail: '', state: worst(rest.map((row) => row.state)) }];
      for (const row of rest) heights.set(row.id, HEADER + (MAX_ROWS - 0.5) * ROW);
    }
    cardOf.set(node.id, node.id);
    for (const row of all) cardOf.set(row.id, node.id);
    shown.forEach((row, i) => heights.set(row.id, HEADER + (i + 0.5) * ROW));
    const card = { title: node.label, subtitle: subtitle(node), rows: shown };
    drafts.push({
      ...card,
      id: node.id,
      node,
      folded: shown.length === 0 ? all.length : 0,
      state: worst([node.state, ...(shown.length === 0 ? all.map((row) => row.state) : [])]),
      column: column(node),
      width: Math.ceil(Math.min(340, Math.max(148, widthOf(card, measure)))),
      height: HEADER + (shown.length > 0 ? shown.length * ROW + FOOT : 0),
    });
  }

  // All cards of a column are equally wide, so that lines leave and arrive at one height of the page.
  const widths = new Map<number, number>();
  for (const card of drafts) widths.set(card.column, Math.max(widths.get(card.column) ?? 0, card.width));
  const cards = drafts.map((card) => ({ ...card, width: widths.get(card.column)! }));

  const lines: Line[] = [];
  for (const edge of graph.edges) {
    const from = cardOf.get(edge.from);
    const to = cardOf.get(edge.to);
    if (from === undefined || to === undefined || edge.kind === 'implements' || edge.kind === 'listens' || edge.kind === 'matches') continue;
    const isFork = edge.kind === 'sends' || edge.kind === 'mirrors' || edge.kind === 'asks' || edge.kind === 'redirects';
    lines.push({
      id: edge.id,
      edge,
      from,
      to,
      fromY: heights.get(edge.from) ?? HEADER / 2,
      toY: heights.get(edge.to) ?? HEADER / 2,
      label: !isFork ? '' : edge.labelBefore === undefined ? edge.label : `${edge.labelBefore} → ${edge.label}`,
      weight: edge.share ? edge.share.part / edge.share.whole : 1,
      isBack: edge.kind === 'redirects' && byId.get(edge.to)?.kind === 'listener',
    });
  }
  return { cards, lines, cardOf };
}
