// Which elements belong together: the ways through one, the path of a traced request, what a search finds, what can be filtered by.
import type { Trace, TraceParams } from '../../trace/protocol';
import type { Filters, Graph, TopologyEdge, TopologyNode } from '../protocol';
import { factsNamed, kindName } from './cards';

/** Identifiers of nodes and edges. */
export type Ids = ReadonlySet<string>;

/** What leads to a node and on from it, with its parts and what it is a part of. Redirects and classes are no way. */
export function waysThrough(graph: Graph, start: string): Ids {
  const found = new Set<string>();
  const follow = (next: (edge: TopologyEdge) => string, here: (edge: TopologyEdge) => string) => {
    const byEnd = new Map<string, TopologyEdge[]>();
    for (const edge of graph.edges) {
      if (edge.kind === 'redirects' || edge.kind === 'implements') continue;
      const list = byEnd.get(here(edge));
      if (list) list.push(edge);
      else byEnd.set(here(edge), [edge]);
    }
    const seen = new Set([start]);
    for (const id of seen) {
      found.add(id);
      for (const edge of byEnd.get(id) ?? []) {
        found.add(edge.id);
        seen.add(next(edge));
      }
    }
  };
  follow((edge) => edge.to, (edge) => edge.from);
  follow((edge) => edge.from, (edge) => edge.to);
  return found;
}

/** The way of a traced request; empty where the graph does not have it. */
export function pathOf(graph: Graph, trace: Trace, asked: Pick<TraceParams, 'gateway'>): Ids {
  const path = new Set<string>();
  const inCluster = (node: TopologyNode) => trace.cluster === undefined || node.cluster === trace.cluster;
  const find = (kind: string, object: string | undefined, namespace: string, name: string) =>
    graph.nodes.find((node) => node.kind === kind && inCluster(node) && node.object?.namespace === namespace && node.object.name === name && (object === undefined || node.object.kind === object));
  const edges = (from: string | undefined, to: string | undefined, kind?: string) => graph.edges.filter((edge) => edge.from === from && edge.to === to && (kind === undefined || edge.kind === kind));
  const step = (from: TopologyNode | undefined, to: TopologyNode | undefined, kind?: string) => {
    if (to) path.add(to.id);
    if (from && to) for (const edge of edges(from.id, to.id, kind)) path.add(edge.id);
  };

  const gateway = asked.gateway && find('gateway', undefined, asked.gateway.namespace || 'default', asked.gateway.name);
  if (gateway) {
    path.add(gateway.id);
    for (const edge of graph.edges) {
      if (edge.kind !== 'enters' || edge.to !== gateway.id) continue;
      path.add(edge.id).add(edge.from);
    }
  }
  const set = trace.listenerSet && find('listenerSet', undefined, trace.listenerSet.namespace, trace.listenerSet.name);
  if (set) step(gateway, set);
  const owner = set ?? gateway;
  const listener = owner && trace.listener !== null ? graph.nodes.find((node) => node.kind === 'listener' && node.parent === owner.id && node.label === trace.listener) : undefined;
  step(owner, listener);

  if (!trace.route) return path;
  const route = find('route', trace.route.kind, trace.route.namespace, trace.route.name);
  step(listener, route);
  if (!gateway && route) {
    for (const edge of graph.edges) {
      const from = edge.to === route.id && edge.kind === 'attaches' ? graph.nodes.find((node) => node.id === edge.from && node.kind === 'frontend') : undefined;
      if (from) path.add(edge.id).add(from.id);
    }
  }
  const rule = route && trace.rule !== null ? graph.nodes.find((node) => node.kind === 'rule' && node.parent === route.id && node.index === trace.rule) : undefined;
  step(route, rule);

  const source = rule ?? route; // rules may be left out of the graph
  if (!source) return path;
  if (trace.redirect) {
    for (const edge of graph.edges) if (edge.from === source.id && edge.kind === 'redirects') path.add(edge.id).add(edge.to);
    return path;
  }
  const isTarget = (node: TopologyNode, target: { readonly namespace: string; readonly name: string; readonly kind?: string }) =>
    node.object?.namespace === target.namespace && node.object.name === target.name && node.object.kind === (target.kind ?? 'Service');
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const on = (id: string) => {
    for (const edge of graph.edges) {
      if (edge.from !== id || (edge.kind !== 'selects' && edge.kind !== 'exports') || path.has(edge.id)) continue;
      path.add(edge.id).add(edge.to);
      on(edge.to);
    }
  };
  for (const edge of graph.edges) {
    const to = edge.from === source.id ? nodes.get(edge.to) : undefined;
    if (!to) continue;
    const targets = edge.kind === 'sends' ? trace.backends.filter((one) => one.share > 0) : edge.kind === 'mirrors' ? trace.mirrors : [];
    if (!targets.some((one) => isTarget(to, one) && (edge.port === undefined || one.port === null || edge.port === one.port))) continue;
    path.add(edge.id).add(to.id);
    on(to.id);
  }
  return path;
}

/** The nodes whose words have all words of the text, in the order of the graph. */
export function search(graph: Graph, text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return graph.nodes
    .filter((node) => node.kind !== 'gatewayClass')
    .filter((node) => {
      const own = [node.label, node.detail, kindName(node), node.namespace, node.cluster, ...node.facts.map((fact) => fact.value), ...node.reasons.map((reason) => reason.code)].join(' ').toLowerCase();
      return words.every((word) => own.includes(word));
    })
    .map((node) => node.id);
}

/** What a graph can be filtered by. */
export interface Facets {
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[];
  readonly hosts: readonly string[];
}

export const NO_FACETS: Facets = { clusters: [], namespaces: [], hosts: [] };

/** Those of the graph and those that were there before: a filter that is in force hides what else could be chosen. */
export function facets(graph: Graph, before: Facets = NO_FACETS): Facets {
  const union = (known: readonly string[], more: readonly string[]) => [...new Set([...known, ...more])].filter(Boolean).sort();
  return {
    clusters: union(before.clusters, graph.nodes.map((node) => node.cluster)),
    namespaces: union(before.namespaces, graph.nodes.map((node) => node.namespace)),
    hosts: union(before.hosts, graph.nodes.filter((node) => node.kind === 'listener' || node.kind === 'route').flatMap((node) => factsNamed(node.facts, 'hostname'))),
  };
}

/** How many values the filters name. */
export const countOf = (filters: Filters): number => (filters.clusters?.length ?? 0) + (filters.namespaces?.length ?? 0) + (filters.hosts?.length ?? 0);
