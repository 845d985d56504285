import type { Location } from 'vscode-languageclient/node';
import { SECTION } from '../server/protocol';

export const CONTEXTS_METHOD = 'gatewayLsp/contexts';
export const CONNECT_METHOD = 'gatewayLsp/connect';
export const DISCONNECT_METHOD = 'gatewayLsp/disconnect';
export const LIVE_OBJECTS_METHOD = 'gatewayLsp/liveObjects';
export const LIVE_OBJECT_METHOD = 'gatewayLsp/liveObject';
export const CHANGED_METHOD = 'gatewayLsp/didChangeClusters';
export const TRUSTED_METHOD = 'gatewayLsp/didGrantTrust';

export const CLUSTERS_VIEW = `${SECTION}.clusters`;

/** Context key for `when` clauses: a cluster is connected. */
export const CONNECTED = `${SECTION}.connected`;

/** Context key for `when` clauses: the contexts of the kubeconfig have been read, and there is none. */
export const NO_CONTEXTS = `${SECTION}.noContexts`;

export type Provider = 'eks' | 'gke' | 'other';

/** A context of the kubeconfig. */
export interface Context {
  readonly name: string;
  readonly provider: Provider;
  readonly label: string;
  readonly cluster: string;
  readonly role?: string | null;
  readonly protected: boolean;
  readonly connected: boolean;
  readonly reachable?: boolean | null;
  readonly version?: string | null;
  readonly reason?: string | null;
  readonly hint?: string | null;
}

export interface Contexts {
  readonly contexts: readonly Context[];
  /** What could not be used of the kubeconfig files. */
  readonly problems?: readonly string[];
}

export interface Count {
  readonly ok: number;
  readonly bad: number;
  readonly pending: number;
}

export type ClusterState = 'connecting' | 'connected' | 'stale' | 'unreachable' | 'denied';

/** A connected cluster. */
export interface Cluster {
  readonly context: string;
  readonly label: string;
  readonly provider: Provider;
  readonly protected: boolean;
  readonly state: ClusterState;
  readonly reason?: string | null;
  readonly hint?: string | null;
  readonly version?: string | null;
  readonly gatewayApi?: { readonly version: string; readonly channel: string } | null;
  /** RFC 3339. */
  readonly lastSeen?: string | null;
  readonly health: { readonly gateways: Count; readonly routes: Count };
  /** What the user may not read, in words. */
  readonly unreadable: readonly string[];
}

export interface Clusters {
  readonly clusters: readonly Cluster[];
}

/** Names an object of a cluster. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export type Health = 'ok' | 'bad' | 'pending' | 'unknown';

export interface LiveObject extends ObjectRef {
  readonly state: Health;
  readonly summary: string;
  readonly addresses: readonly string[];
  /** Where the workspace has it. */
  readonly location?: Location | null;
}

export interface LiveObjects {
  readonly objects: readonly LiveObject[];
}

export const refText = (ref: { readonly kind: string; readonly namespace: string; readonly name: string }) =>
  `${ref.kind} ${ref.namespace === '' ? '' : `${ref.namespace}/`}${ref.name}`;
