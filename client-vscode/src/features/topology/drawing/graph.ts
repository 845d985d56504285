import type { Graph, Patch, TopologyEdge, TopologyNode } from '../protocol';

const NODE_KINDS = ['client', 'gatewayClass', 'gateway', 'listenerSet', 'listener', 'frontend', 'route', 'rule', 'serviceImport', 'service', 'other', 'externalHost', 'workload', 'cluster'];
const EDGE_KINDS = ['enters', 'implements', 'joins', 'listens', 'attaches', 'matches', 'sends', 'mirrors', 'asks', 'redirects', 'exports', 'selects'];

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The order that server/docs/topology.md gives nodes. */
export function compareNodes(a: TopologyNode, b: TopologyNode): number {
  return NODE_KINDS.indexOf(a.kind) - NODE_KINDS.indexOf(b.kind) || text(a.parent ?? a.id, b.parent ?? b.id) || a.index - b.index || text(a.id, b.id);
}

/** And that of edges. */
export function compareEdges(a: TopologyEdge, b: TopologyEdge): number {
  return text(a.from, b.from) || EDGE_KINDS.indexOf(a.kind) - EDGE_KINDS.indexOf(b.kind) || a.index - b.index || text(a.id, b.id);
}

/** The element with the fields of the patch; null says that a field is gone. */
function changed<T extends object>(element: T, set: Readonly<Record<string, unknown>>): T {
  const after = { ...element } as Record<string, unknown>;
  for (const [name, value] of Object.entries(set)) {
    if (value === null) delete after[name];
    else after[name] = value;
  }
  return after as T & object;
}

function shifted<T extends TopologyNode | TopologyEdge>(element: T, uri: string, fromLine: number, delta: number): T {
  const at = element.location;
  if (!at || at.uri !== uri || at.range.start.line < fromLine) return element;
  const { start, end } = at.range;
  const range = { start: { ...start, line: start.line + delta }, end: { ...end, line: end.line + delta } };
  return { ...element, location: { uri, range } };
}

/** The graph after all patches, in order. The graph before it stays as it is. */
export function applyPatches(graph: Graph, patches: readonly Patch[]): Graph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
  for (const patch of patches) {
    switch (patch.op) {
      case 'linesShifted':
        for (const [id, node] of nodes) nodes.set(id, shifted(node, patch.uri, patch.fromLine, patch.delta));
        for (const [id, edge] of edges) edges.set(id, shifted(edge, patch.uri, patch.fromLine, patch.delta));
        break;
      case 'nodeRemoved':
        nodes.delete(patch.id);
        break;
      case 'edgeRemoved':
        edges.delete(patch.id);
        break;
      case 'nodeAdded':
        nodes.set(patch.node.id, patch.node);
        break;
      case 'edgeAdded':
        edges.set(patch.edge.id, patch.edge);
        break;
      case 'nodeChanged': {
        const node = nodes.get(patch.id);
        if (node) nodes.set(patch.id, changed(node, patch.set));
        break;
      }
      case 'edgeChanged': {
        const edge = edges.get(patch.id);
        if (edge) edges.set(patch.id, changed(edge, patch.set));
        break;
      }
    }
  }
  return { nodes: [...nodes.values()].sort(compareNodes), edges: [...edges.values()].sort(compareEdges) };
}
