import { t } from '../l10n';
import type { AppliedTarget, Plan, PlannedObject, PlannedTarget } from './protocol';

export type Phase = 'none' | 'planning' | 'planned' | 'applying' | 'done';

/** What the pane shows: a plan, and what became of it. */
export interface DeployState {
  readonly phase: Phase;
  readonly kind: 'apply' | 'rollback' | 'failover';
  /** What is applied, in words: a file, an object, the workspace. */
  readonly title: string;
  readonly plan?: Plan;
  /** To make the same plan again. */
  readonly asked?: { readonly method: string; readonly params: object };
  /** Targets that the user unchecked. */
  readonly excluded: ReadonlySet<string>;
  /** The files changed since the plan was made. */
  readonly isStale: boolean;
  /** What was heard of objects while they are written, by `key`. */
  readonly outcomes: ReadonlyMap<string, string>;
  readonly results: ReadonlyMap<string, AppliedTarget>;
  /** Why there is no plan, or why applying it came to nothing. */
  readonly error?: string;
}

export const NOTHING: DeployState = { phase: 'none', kind: 'apply', title: '', excluded: new Set(), isStale: false, outcomes: new Map(), results: new Map() };

export const key = (context: string, ref: { readonly kind: string; readonly namespace: string; readonly name: string }) => `${context}/${ref.kind}/${ref.namespace}/${ref.name}`;

export const isChange = (one: PlannedObject) => one.action === 'create' || one.action === 'update' || one.action === 'delete';

const changes = (target: PlannedTarget) => target.objects.filter(isChange).length;

/** Targets that would be written to: checked, not refused, and with something to write. A rollback leaves what others changed. */
export function writable(state: DeployState): PlannedTarget[] {
  return (state.plan?.targets ?? []).filter((target) => !state.excluded.has(target.context) && !target.refused && (changes(target) > 0 || (state.kind === 'rollback' && isContested(target))));
}

/** Others changed objects since the apply that is taken back. */
export const isContested = (target: PlannedTarget) => target.objects.some((one) => one.action === 'conflict');

/** A line above the rows. */
export function headline(state: DeployState): string | undefined {
  switch (state.phase) {
    case 'none': return state.error;
    case 'planning': return t('Comparing {0} with the clusters…', state.title);
    case 'applying': return state.kind === 'rollback' ? t('Taking back: {0}', state.title) : t('Applying: {0}', state.title);
    case 'planned': {
      if (state.error !== undefined) return state.error;
      if (state.isStale) return t('The files changed since this plan was made. Validate again.');
      const all = (state.plan?.targets ?? []).filter((target) => !state.excluded.has(target.context));
      const n = all.reduce((sum, target) => sum + changes(target), 0);
      if (state.kind === 'failover' && n === 0) return t('There is nothing that could be shifted.');
      if (n === 0 && !all.some((target) => target.refused)) return t('{0}: nothing to change.', state.title);
      return state.kind === 'rollback' ? t('{0}: a look at what would be taken back. Nothing has been written.', state.title) : t('{0}: what would change. Nothing has been written.', state.title);
    }
    case 'done': return state.error ?? t('{0}: done.', state.title);
  }
}

/** What the user is asked before something is written. */
export interface Confirmation {
  readonly message: string;
  readonly detail: string;
  readonly yes: string;
  /** Targets whose context has to be typed. */
  readonly typed: readonly { readonly context: string; readonly label: string }[];
}

export function confirmation(state: DeployState): Confirmation | undefined {
  const targets = writable(state);
  if (targets.length === 0) return undefined;
  const labels = targets.map((target) => target.label).join(', ');
  const lines = targets.map((target) => `${target.label} (${target.context}): ${actionWords(target).join(', ')}`);
  const introduced = targets.flatMap((target) => target.issues.introduced.map((issue) => `${target.label}, ${issue.object}: ${issue.message}`));
  const detail = [
    ...lines,
    ...(introduced.length > 0 ? ['', t('Problems that come with it:'), ...introduced.slice(0, 5), ...(introduced.length > 5 ? [t('and {0} more', introduced.length - 5)] : [])] : []),
    ...(state.kind === 'rollback' ? contested(targets) : []),
  ].join('\n');
  return {
    message: state.kind === 'rollback' ? t('Roll back in {0}?', labels) : t('Apply to {0}?', labels),
    detail,
    yes: state.kind === 'rollback' ? t('Roll Back') : t('Apply'),
    typed: targets.filter((target) => target.protected).map(({ context, label }) => ({ context, label })),
  };
}

/** What becomes of the changes of others: they stay, but an object that the apply created goes with them. */
function contested(targets: readonly PlannedTarget[]): string[] {
  const all = targets.flatMap((target) => target.objects.filter((one) => one.action === 'conflict'));
  const gone = all.filter((one) => one.after === '').map((one) => `${one.kind} ${one.name}`);
  return [
    ...(all.length > gone.length ? ['', t('What others changed since stays as it is now.')] : []),
    ...(gone.length > 0 ? ['', t('Deleted with what others changed since: {0}', gone.join(', '))] : []),
  ];
}

/** "1 new, 2 changed", for what there is any of. */
export function actionWords(target: PlannedTarget): string[] {
  const count = (action: PlannedObject['action']) => target.objects.filter((one) => one.action === action).length;
  const words: [number, (n: number) => string][] = [
    [count('create'), (n) => t('{0} new', n)],
    [count('update'), (n) => t('{0} changed', n)],
    [count('delete'), (n) => t('{0} removed', n)],
    [count('conflict'), (n) => (n === 1 ? t('1 conflict') : t('{0} conflicts', n))],
    [count('refused'), (n) => t('{0} refused', n)],
    [count('unchanged'), (n) => t('{0} unchanged', n)],
  ];
  return words.filter(([n]) => n > 0).map(([n, say]) => say(n));
}

/** What the user is told at the end, and whether it is good news. */
export function verdict(state: DeployState): { readonly message: string; readonly severity: 'information' | 'warning' | 'error' } {
  const labelOf = (context: string) => state.plan?.targets.find((target) => target.context === context)?.label ?? context;
  const parts: string[] = [];
  let severity: 'information' | 'warning' | 'error' = 'information';
  for (const result of state.results.values()) {
    const label = labelOf(result.context);
    const bad = new Set(result.conditions.filter((one) => one.bad).map((one) => one.object)).size;
    if (state.kind === 'rollback' && isBack(result)) {
      parts.push(t('{0}: rolled back.', label));
      continue;
    }
    if (result.outcome === 'applied' && bad === 0) {
      parts.push(t('{0}: applied.', label));
      continue;
    }
    if (result.outcome === 'applied') {
      parts.push(bad === 1 ? t('{0}: applied, but 1 object is not healthy.', label) : t('{0}: applied, but {1} objects are not healthy.', label, bad));
      severity = severity === 'error' ? severity : 'warning';
      continue;
    }
    parts.push([outcomeWords(result.outcome, label), result.message].filter(Boolean).join(' '));
    severity = result.outcome === 'failed' || result.outcome === 'refused' ? 'error' : severity === 'error' ? severity : 'warning';
  }
  return { message: parts.join(' '), severity };
}

/** Of a rollback: it came to its end. */
export const isBack = (result: AppliedTarget) => result.outcome === 'applied' || result.outcome === 'rolledBack';

function outcomeWords(outcome: AppliedTarget['outcome'], label: string): string {
  switch (outcome) {
    case 'applied': return t('{0}: applied.', label);
    case 'failed': return t('{0}: failed.', label);
    case 'rolledBack': return t('{0}: failed, and everything was taken back.', label);
    case 'cancelled': return t('{0}: cancelled, and everything was taken back.', label);
    case 'refused': return t('{0}: refused, nothing was written.', label);
  }
}
