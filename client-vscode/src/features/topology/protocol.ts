import type { Location, Position, Range } from 'vscode-languageclient/node';

/** The graph and its patches, as server/docs/topology.md has them. */
export const TOPOLOGY_METHOD = 'gatewayLsp/topology';
export const SUBSCRIBE_METHOD = 'gatewayLsp/topology/subscribe';
export const UNSUBSCRIBE_METHOD = 'gatewayLsp/topology/unsubscribe';
export const CHANGED_METHOD = 'gatewayLsp/didChangeTopology';

export type State = 'ok' | 'unknown' | 'warning' | 'error';
export type Mark = 'added' | 'removed' | 'changed';

export interface Reason {
  readonly state: State;
  readonly code: string;
  readonly message: string;
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

interface Element {
  readonly id: string;
  readonly kind: string;
  readonly index: number;
  readonly label: string;
  readonly state: State;
  readonly reasons: readonly Reason[];
  readonly facts: readonly Fact[];
  readonly location?: Location;
  readonly mark?: Mark;
}

export interface TopologyNode extends Element {
  readonly object?: { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string };
  readonly parent?: string;
  readonly detail: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly network: string;
  readonly presence: 'present' | 'absent' | 'unknown';
}

export interface TopologyEdge extends Element {
  readonly from: string;
  readonly to: string;
  readonly share?: { readonly part: number; readonly whole: number };
  readonly port?: number;
  readonly tls?: string;
  readonly labelBefore?: string;
}

export interface Graph {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

export type Patch =
  | { readonly op: 'linesShifted'; readonly uri: string; readonly fromLine: number; readonly delta: number }
  | { readonly op: 'nodeRemoved' | 'edgeRemoved'; readonly id: string }
  | { readonly op: 'nodeAdded'; readonly node: TopologyNode }
  | { readonly op: 'edgeAdded'; readonly edge: TopologyEdge }
  | { readonly op: 'nodeChanged' | 'edgeChanged'; readonly id: string; readonly set: Readonly<Record<string, unknown>> };

export interface TopologyChange extends Partial<Graph> {
  readonly subscription: string;
  readonly version: number;
  readonly fromVersion?: number;
  readonly patches?: readonly Patch[];
}

export interface Filters {
  readonly namespaces?: readonly string[];
  readonly hosts?: readonly string[];
  readonly clusters?: readonly string[];
  readonly collapse?: readonly ('rules' | 'workloads')[];
}

/** Whose traffic is shown: what the files say, what clusters have, or the one beside the other. */
export type Source = 'planned' | 'live' | 'difference';

/** What a view is about: the params of the methods without the filters. */
export interface Scope {
  readonly scope: 'workspace' | 'file' | 'object';
  readonly uri?: string;
  readonly position?: Position;
  /** Left out: planned. */
  readonly source?: Source;
  /** Of live and difference; left out: all that are connected. */
  readonly contexts?: readonly string[];
  /** Of what clusters have: how it was before, to mark what changed. */
  readonly before?: Graph;
}

/** Argument of the commands, as lens and code action of the server send it. */
export interface TopologyPlace {
  readonly uri: string;
  readonly position?: Position;
  readonly range?: Range;
}
