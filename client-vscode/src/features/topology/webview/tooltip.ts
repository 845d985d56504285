import { t } from '../../l10n';
import { kindName, type Card } from '../drawing/cards';
import type { Fact, Reason, TopologyEdge, TopologyNode } from '../protocol';
import { h } from './dom';

const PRESENCE = { absent: t('Something refers to it, but it is not there.'), unknown: t('Not in these files; it may well exist.'), present: '' };
const EDGES: Readonly<Record<string, string>> = {
  enters: t('Requests enter'), joins: t('Joins'), attaches: t('Attached'), sends: t('Sends requests'), mirrors: t('Copies requests'), asks: t('Asks whether a request may pass'), redirects: t('Redirects'), exports: t('Exported'), selects: t('Selects pods of'),
};
const FACTS: Readonly<Record<string, string>> = {
  address: t('address'), attachedRoutes: t('attached routes'), certificate: t('certificate'), class: t('class'), controller: t('controller'), filter: t('filter'), hostname: t('hostname'), kind: t('kind'),
  location: t('location'), match: t('match'), port: t('port'), protocol: t('protocol'), readyEndpoints: t('ready endpoints'), replicas: t('replicas'), retry: t('retry'), role: t('role'), session: t('session'),
  timeout: t('timeout'), tls: 'TLS', type: t('type'), was: t('before'), workload: t('workload'),
};

/** Of facts, more than these are counted only. */
const MAX_FACTS = 12;

function facts(list: readonly Fact[]): HTMLElement | undefined {
  if (list.length === 0) return undefined;
  const shown = list.slice(0, MAX_FACTS).flatMap((fact) => [h('dt', {}, FACTS[fact.name] ?? fact.name), h('dd', {}, fact.value)]);
  return h('dl', {}, ...shown, ...(list.length > MAX_FACTS ? [h('dt', {}, ''), h('dd', {}, t('and {0} more', list.length - MAX_FACTS))] : []));
}

function reasons(list: readonly Reason[]): HTMLElement | undefined {
  if (list.length === 0) return undefined;
  return h('ul', { class: 'reasons' }, ...list.slice(0, 6).map((one) => h('li', { class: `state-${one.state}` }, h('code', {}, one.code), ` ${one.message}`)));
}

export function aboutNode(node: TopologyNode, card: Card | undefined): HTMLElement[] {
  const kind = kindName(node);
  const where = [node.namespace && t('namespace {0}', node.namespace), node.cluster && t('cluster {0}', node.cluster), node.network && t('network {0}', node.network)].filter(Boolean).join(' · ');
  const owner = card && card.node.id !== node.id ? t('of {0} {1}', kindName(card.node), card.title) : '';
  return [
    h('div', { class: 'tip-head' }, h('strong', {}, node.label), h('span', { class: 'muted' }, [kind, owner].filter(Boolean).join(' '))),
    where !== '' && h('div', { class: 'muted' }, where),
    PRESENCE[node.presence] !== '' && h('div', { class: 'muted' }, PRESENCE[node.presence]),
    facts([...(node.detail && node.facts.length === 0 ? [{ name: t('about'), value: node.detail }] : []), ...node.facts]),
    reasons(node.reasons),
  ].filter((part): part is HTMLElement => part instanceof HTMLElement);
}

export function aboutEdge(edge: TopologyEdge, from: string, to: string): HTMLElement[] {
  const more: Fact[] = [
    ...(edge.share ? [{ name: t('share'), value: t('{0} ({1} of {2})', edge.label || '100 %', edge.share.part, edge.share.whole) }] : []),
    ...(edge.port === undefined ? [] : [{ name: t('port'), value: String(edge.port) }]),
    ...(edge.tls === undefined ? [] : [{ name: 'TLS', value: edge.tls || t('yes') }]),
    ...(edge.labelBefore === undefined ? [] : [{ name: 'was', value: edge.labelBefore }]),
  ];
  return [
    h('div', { class: 'tip-head' }, h('strong', {}, EDGES[edge.kind] ?? edge.kind), h('span', { class: 'muted' }, `${from} → ${to}`)),
    facts([...more, ...edge.facts.filter((fact) => fact.name !== 'tls')]),
    reasons(edge.reasons),
  ].filter((part): part is HTMLElement => part instanceof HTMLElement);
}

/** One box that tells of what is under the pointer or has the keyboard. */
export class Tooltip {
  readonly element = h('div', { class: 'tooltip', role: 'tooltip', id: 'tooltip', hidden: true });
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param at a place on the page beside which it goes */
  show(content: readonly HTMLElement[], at: { x: number; y: number; height: number }, delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.element.replaceChildren(...content);
      this.element.hidden = false;
      const box = this.element.getBoundingClientRect();
      const below = at.y + at.height + 10;
      const y = below + box.height > innerHeight - 8 ? Math.max(8, at.y - box.height - 10) : below;
      this.element.style.left = `${Math.max(8, Math.min(at.x, innerWidth - box.width - 8))}px`;
      this.element.style.top = `${y}px`;
    }, delay);
  }

  hide(): void {
    clearTimeout(this.timer);
    this.element.hidden = true;
  }
}
