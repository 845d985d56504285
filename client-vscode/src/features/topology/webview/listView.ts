// The same graph as nested lists: for screen readers, and for who would rather read than look.
import { t } from '../../l10n';
import { detailOf, kindName } from '../drawing/cards';
import type { Graph, TopologyEdge, TopologyNode } from '../protocol';
import { h } from './dom';
import { spoken } from './figures';

/** Ways of a graph can be many more than its nodes; a list of more lines than these helps nobody. */
const MAX_LINES = 4_000;

export class ListView {
  readonly element = h('section', { class: 'list', 'aria-label': t('Topology as a list'), tabindex: -1, hidden: true });
  private lines = 0;

  constructor(private readonly open: (node: TopologyNode) => void) {}

  show(graph: Graph): void {
    this.lines = 0;
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const next = new Map<string, TopologyEdge[]>();
    const hasWayTo = new Set<string>();
    for (const edge of graph.edges) {
      if (edge.kind === 'implements') continue;
      next.set(edge.from, [...(next.get(edge.from) ?? []), edge]);
      if (edge.kind !== 'redirects') hasWayTo.add(edge.to);
    }
    const roots = graph.nodes.filter((node) => node.kind !== 'gatewayClass' && !hasWayTo.has(node.id));
    const list = h('ul', {}, ...roots.map((node) => this.item(node, undefined, nodes, next, new Set())).filter((item) => item !== undefined));
    this.element.replaceChildren(h('h2', {}, t('Traffic topology')), roots.length === 0 ? h('p', { class: 'muted' }, t('There is no Gateway and no route here.')) : list);
  }

  private item(node: TopologyNode, edge: TopologyEdge | undefined, nodes: ReadonlyMap<string, TopologyNode>, next: ReadonlyMap<string, TopologyEdge[]>, above: ReadonlySet<string>): HTMLElement | undefined {
    if (this.lines++ > MAX_LINES) return undefined;
    const kind = kindName(node);
    const through = edge?.kind === 'redirects' ? `${t('redirects {0} to', edge.label)} ` : edge?.label ? `${t('{0} to', edge.label)} ` : '';
    const own = [detailOf(node), node.namespace && node.parent === undefined ? t('namespace {0}', node.namespace) : ''].filter(Boolean).join(' · ');
    const state = edge && edge.state !== 'ok' && edge.state !== 'unknown' ? edge : node;
    const button = h('button', { type: 'button', class: `entry state-${state.state}`, onclick: () => this.open(node) }, h('span', { class: 'muted' }, `${through}${kind} `), h('strong', {}, node.label), own !== '' && h('span', { class: 'muted' }, ` ${own}`), h('span', { class: 'sr' }, spoken('', state.state, node.mark)));
    const reasons = [...node.reasons, ...(edge?.reasons ?? [])].filter((one) => one.state === 'error' || one.state === 'warning').slice(0, 3);
    const children = above.has(node.id) || edge?.kind === 'redirects' ? [] : (next.get(node.id) ?? []).map((one) => this.item(nodes.get(one.to)!, one, nodes, next, new Set([...above, node.id]))).filter((item) => item !== undefined);
    return h('li', {}, button, ...reasons.map((one) => h('div', { class: `reason state-${one.state}` }, `${one.code}: ${one.message}`)), children.length > 0 && h('ul', {}, ...children));
  }
}
