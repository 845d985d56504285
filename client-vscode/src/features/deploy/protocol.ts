import type { Location, Position, Range } from 'vscode-languageclient/node';
import type { ObjectRef } from '../clusters/protocol';
import { SECTION } from '../server/protocol';

export const PLAN_METHOD = 'gatewayLsp/plan';
export const APPLY_METHOD = 'gatewayLsp/apply';
export const HISTORY_METHOD = 'gatewayLsp/history';
export const ROLLBACK_PLAN_METHOD = 'gatewayLsp/rollback/plan';
export const FAILOVER_PLAN_METHOD = 'gatewayLsp/failover/plan';
export const DID_APPLY_METHOD = 'gatewayLsp/didApplyObject';

export const DEPLOY_VIEW = `${SECTION}.deploy`;
export const HISTORY_VIEW = `${SECTION}.history`;

/** Context key for `when` clauses: what the pane shows, one of the words of `Phase`. */
export const PHASE = `${SECTION}.deployPhase`;

/** Context key for `when` clauses: what the pane shows takes an apply back. */
export const IS_ROLLBACK = `${SECTION}.deployIsRollback`;

export type ScopeKind = 'object' | 'selection' | 'file' | 'folder' | 'kustomize' | 'workspace';

export interface Scope {
  readonly kind: ScopeKind;
  readonly uri?: string;
  readonly position?: Position;
  readonly range?: Range;
}

/** Argument of the commands, as actions of the server send it. */
export interface DeployPlace {
  readonly uri: string;
  readonly contexts?: readonly string[];
  readonly scope?: Scope;
}

export interface PlanParams {
  readonly contexts: readonly string[];
  readonly scope: Scope;
  /** Take fields that others own. */
  readonly force?: boolean;
  readonly createNamespaces?: boolean;
}

export type Action = 'create' | 'update' | 'delete' | 'unchanged' | 'conflict' | 'refused';

export interface Problem {
  readonly message: string;
  readonly field?: string | null;
  readonly location?: Location | null;
}

export interface Conflict extends Problem {
  readonly manager?: string | null;
}

export interface PlannedObject extends ObjectRef {
  readonly action: Action;
  readonly location?: Location | null;
  /** YAML; empty when it is not there. */
  readonly before: string;
  readonly after: string;
  readonly fields: readonly string[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  readonly conflicts: readonly Conflict[];
  /** It could not be run dry, as what it needs is made first. */
  readonly predicted: boolean;
  readonly namespaceDefaulted: boolean;
}

export interface Issue {
  readonly object: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly field?: string | null;
}

export interface PlannedTarget {
  readonly context: string;
  readonly label: string;
  readonly protected: boolean;
  /** Why nothing can be applied there. */
  readonly refused?: string | null;
  readonly namespacesMissing: readonly string[];
  readonly objects: readonly PlannedObject[];
  readonly issues: { readonly introduced: readonly Issue[]; readonly fixed: readonly Issue[]; readonly unchanged: number };
  readonly unsupported: readonly string[];
}

export interface Plan {
  /** Null: there is nothing that could be done. */
  readonly plan: string | null;
  readonly targets: readonly PlannedTarget[];
  /** Of a shift of traffic: what does not work, what is prepared and what can't be. */
  readonly notes?: readonly string[];
}

export interface ApplyParams {
  readonly plan: string;
  readonly contexts: readonly string[];
  readonly confirmed: true;
  /** For protected contexts: their names as they were typed. */
  readonly typed: Readonly<Record<string, string>>;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly workDoneToken: string;
}

export type TargetOutcome = 'applied' | 'failed' | 'rolledBack' | 'cancelled' | 'refused';

export interface AppliedObject extends ObjectRef {
  readonly outcome: string;
  readonly message?: string | null;
}

export interface Condition {
  readonly object: string;
  /** Whose it is within the object; empty for its own. */
  readonly of: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly bad: boolean;
}

export interface AppliedTarget {
  readonly context: string;
  readonly outcome: TargetOutcome;
  readonly objects: readonly AppliedObject[];
  readonly conditions: readonly Condition[];
  readonly addresses: readonly string[];
  readonly message?: string | null;
}

export interface Applied {
  readonly targets: readonly AppliedTarget[];
}

export interface DidApply {
  readonly plan: string;
  readonly context: string;
  readonly ref: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly outcome: string;
}

export interface HistoryObject extends ObjectRef {
  readonly action: 'create' | 'update' | 'unchanged';
  readonly before: string;
  readonly after: string;
}

export interface HistoryEntry {
  readonly id: string;
  /** RFC 3339. */
  readonly time: string;
  readonly outcome: string;
  readonly objects: readonly HistoryObject[];
  /** False: what an apply wrote is taken back, or is left to others. Earlier servers don't tell. */
  readonly undoable?: boolean;
}

export interface Unfinished {
  readonly id: string;
  readonly time: string;
  readonly written: number;
  readonly total: number;
}

export interface History {
  readonly applies: readonly HistoryEntry[];
  readonly unfinished?: Unfinished | null;
}
