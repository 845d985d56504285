import { t } from '../l10n';
import { GREEN, RED, YELLOW, type Icon, type Node } from '../tree/node';
import { refText } from '../clusters/protocol';
import type { Action, AppliedTarget, Condition, Issue, PlannedObject, PlannedTarget } from './protocol';
import { actionWords, isBack, key, type DeployState } from './state';

export interface DeployItem {
  readonly context: string;
  readonly object?: PlannedObject;
  readonly address?: string;
}

type Row = Node<DeployItem>;

const words = (...all: (string | null | undefined)[]) => all.filter(Boolean).join(' · ');
const spoken = (...all: (string | null | undefined)[]) => all.filter(Boolean).join(', ');

export function deployRows(state: DeployState): Row[] {
  return [...(state.plan?.targets ?? []).map((target) => targetRow(state, target)), ...noteRows(state.plan?.notes ?? [])];
}

/** Of a shift of traffic: why, in the words of the server. */
function noteRows(notes: readonly string[]): Row[] {
  if (notes.length === 0) return [];
  return [{
    id: 'notes', label: t('What does not work'), icon: { id: 'pulse', color: RED }, context: 'group', open: false,
    children: notes.map((text, i) => leaf(`notes/${i}`, text.replace(/ {2,}/g, ' · '), { id: text.startsWith('prepared') ? 'arrow-swap' : text.startsWith('not prepared') ? 'circle-slash' : 'info' }, '')),
  }];
}

function targetRow(state: DeployState, target: PlannedTarget): Row {
  const result = state.results.get(target.context);
  const isIn = !state.excluded.has(target.context);
  const said = result ? resultWords(result, state.kind) : target.refused ? t('refused') : target.objects.length === 0 ? t('nothing to apply') : actionWords(target).join(', ');
  const children: Row[] = [
    ...(target.refused ? [leaf(`${target.context}/refused`, target.refused, { id: 'error', color: RED }, target.context)] : []),
    ...(result?.message ? [leaf(`${target.context}/message`, result.message, result.outcome === 'applied' ? { id: 'info' } : { id: 'error', color: RED }, target.context)] : []),
    ...target.namespacesMissing.map((name) => ({
      ...leaf(`${target.context}/namespace/${name}`, t('Namespace {0} does not exist', name), { id: 'warning', color: YELLOW }, target.context),
      context: 'namespaceMissing',
    })),
    ...target.objects.map((one) => objectRow(state, target.context, one, result)),
    ...issueRows(target),
    ...unsupportedRows(target),
    ...(result ? resultRows(target, result) : []),
  ];
  return {
    id: `${state.plan!.plan}/${target.context}`,
    label: target.label,
    description: words(said, target.protected ? t('protected') : ''),
    tooltip: target.label === target.context ? target.context : `${target.label}\n${target.context}`,
    icon: targetIcon(target, result, state.kind),
    context: 'target',
    open: true,
    ...(state.phase === 'planned' && (state.plan?.targets.length ?? 0) > 1 ? { checked: isIn } : {}),
    spoken: spoken(target.label, said, target.protected ? t('protected') : ''),
    children,
    data: { context: target.context },
  };
}

function resultWords(result: AppliedTarget, kind: DeployState['kind']): string {
  if (kind === 'rollback' && isBack(result)) return t('rolled back');
  switch (result.outcome) {
    case 'applied': return t('applied');
    case 'failed': return t('failed');
    case 'rolledBack': return t('failed, taken back');
    case 'cancelled': return t('cancelled, taken back');
    case 'refused': return t('refused');
  }
}

function targetIcon(target: PlannedTarget, result: AppliedTarget | undefined, kind: DeployState['kind']): Icon {
  if (result) {
    if (kind === 'rollback' ? !isBack(result) : result.outcome !== 'applied') return { id: 'error', color: RED };
    return result.conditions.some((one) => one.bad) ? { id: 'warning', color: YELLOW } : { id: 'pass', color: GREEN };
  }
  if (target.refused) return { id: 'error', color: RED };
  return target.protected ? { id: 'lock' } : { id: 'server-environment' };
}

const ACTION_ICONS: Record<Action, Icon> = {
  create: { id: 'diff-added', color: 'gitDecoration.addedResourceForeground' },
  update: { id: 'diff-modified', color: 'gitDecoration.modifiedResourceForeground' },
  delete: { id: 'diff-removed', color: 'gitDecoration.deletedResourceForeground' },
  unchanged: { id: 'check' },
  conflict: { id: 'git-merge', color: YELLOW },
  refused: { id: 'error', color: RED },
};

export function actionWord(action: Action): string {
  switch (action) {
    case 'create': return t('new');
    case 'update': return t('changed');
    case 'delete': return t('removed');
    case 'unchanged': return t('unchanged');
    case 'conflict': return t('conflict');
    case 'refused': return t('refused');
  }
}

/** What is heard while it is written; the words of the journal otherwise. */
function outcomeLook(outcome: string): { readonly word: string; readonly icon: Icon } {
  switch (outcome) {
    case 'writing': return { word: t('writing…'), icon: { id: 'loading~spin' } };
    case 'undoing': return { word: t('taking back…'), icon: { id: 'loading~spin' } };
    case 'created': return { word: t('created'), icon: { id: 'pass', color: GREEN } };
    case 'changed': return { word: t('changed'), icon: { id: 'pass', color: GREEN } };
    case 'unchanged': return { word: t('unchanged'), icon: { id: 'check' } };
    case 'failed': return { word: t('failed'), icon: { id: 'error', color: RED } };
    case 'notReached': return { word: t('not written'), icon: { id: 'circle-slash' } };
    case 'rolledBack': return { word: t('taken back'), icon: { id: 'discard' } };
    case 'notRolledBack': return { word: t('not taken back'), icon: { id: 'error', color: RED } };
    default: return { word: outcome, icon: { id: 'circle-outline' } };
  }
}

function objectRow(state: DeployState, context: string, one: PlannedObject, result: AppliedTarget | undefined): Row {
  const id = `${context}/${one.apiVersion}/${refText(one)}`;
  const outcome = state.outcomes.get(key(context, one));
  const look = outcome === undefined ? undefined : outcomeLook(outcome);
  const note = result?.objects.find((other) => refText(other) === refText(one))?.message;
  const fields = one.action === 'update' && one.fields.length > 0 ? (one.fields.length === 1 ? one.fields[0] : t('{0} fields', one.fields.length)) : '';
  const word = look?.word ?? actionWord(one.action);
  const children: Row[] = [
    ...(note ? [leaf(`${id}/note`, note, { id: 'info' }, context)] : []),
    ...one.problems.map((problem, i) => finding(`${id}/problem/${i}`, context, problem.message, problem.field, problem.location, one.action === 'refused' ? RED : YELLOW)),
    ...one.conflicts.map((conflict, i) => ({ ...finding(`${id}/conflict/${i}`, context, conflict.message, conflict.manager ?? conflict.field, conflict.location, YELLOW), context: state.kind === 'apply' ? 'fieldConflict' : 'note' })),
    ...one.warnings.map((warning, i) => leaf(`${id}/warning/${i}`, warning, { id: 'warning', color: YELLOW }, context)),
  ];
  return {
    id: `${state.plan!.plan}/${id}`,
    label: refText(one),
    description: words(word, fields),
    tooltip: [
      `${refText(one)}: ${word}`,
      ...one.fields.slice(0, 12),
      ...(one.fields.length > 12 ? [t('and {0} more', one.fields.length - 12)] : []),
      ...(one.predicted ? [t('It could not be run dry: what it needs is made by the same apply.')] : []),
      ...(one.namespaceDefaulted ? [t('The manifest names no namespace: it goes to {0}.', one.namespace)] : []),
    ].join('\n'),
    icon: look?.icon ?? ACTION_ICONS[one.action],
    context: ['planned', one.action, one.location ? 'local' : '', /^Gateway$|Route$/.test(one.kind) ? 'traffic' : ''].filter(Boolean).join('.'),
    open: one.action === 'refused' || one.action === 'conflict',
    run: 'gatewayLsp.openPlanned',
    spoken: spoken(refText(one), word, fields),
    ...(children.length > 0 ? { children } : {}),
    data: { context, object: one },
  };
}

function finding(id: string, context: string, message: string, detail: string | null | undefined, location: PlannedObject['location'], color: string): Row {
  return { ...leaf(id, message, { id: color === RED ? 'error' : 'warning', color }, context), ...(detail ? { description: detail } : {}), ...(location ? { location } : {}) };
}

function issueRows(target: PlannedTarget): Row[] {
  const { introduced, fixed, unchanged } = target.issues;
  const group = (name: string, label: string, list: readonly Issue[], icon: Icon, open: boolean): Row[] =>
    list.length === 0 ? [] : [{
      id: `${target.context}/${name}`, label, icon, context: 'group', open, data: { context: target.context },
      children: list.map((issue, i) => ({
        ...leaf(`${target.context}/${name}/${i}`, issue.message, issue.severity === 'error' ? { id: 'error', color: RED } : { id: issue.severity === 'warning' ? 'warning' : 'info', color: YELLOW }, target.context),
        description: words(issue.object, issue.code),
      })),
    }];
  return [
    ...group('introduced', introduced.length === 1 ? t('1 new problem') : t('{0} new problems', introduced.length), introduced, { id: 'arrow-up', color: RED }, true),
    ...group('fixed', fixed.length === 1 ? t('1 problem fixed') : t('{0} problems fixed', fixed.length), fixed, { id: 'arrow-down', color: GREEN }, false),
    ...(unchanged > 0 && introduced.length + fixed.length > 0 ? [leaf(`${target.context}/same`, t('{0} other problems stay as they are', unchanged), { id: 'dash' }, target.context)] : []),
  ];
}

function unsupportedRows(target: PlannedTarget): Row[] {
  if (target.unsupported.length === 0) return [];
  return [{
    id: `${target.context}/unsupported`, label: t('Not supported by this target'), icon: { id: 'circle-slash', color: YELLOW }, context: 'group', open: true, data: { context: target.context },
    children: target.unsupported.map((text, i) => leaf(`${target.context}/unsupported/${i}`, text, { id: 'circle-slash' }, target.context)),
  }];
}

function resultRows(target: PlannedTarget, result: AppliedTarget): Row[] {
  const conditions = group(result.conditions);
  const rows: Row[] = result.addresses.map((address) => ({
    id: `${target.context}/address/${address}`, label: address, description: t('address'), icon: { id: 'globe' }, context: 'address', data: { context: target.context, address },
  }));
  if (conditions.length > 0) {
    const bad = result.conditions.filter((one) => one.bad).length;
    rows.push({
      id: `${target.context}/conditions`, label: t('Status'), description: bad > 0 ? t('{0} not healthy', bad) : t('healthy'), icon: bad > 0 ? { id: 'error', color: RED } : { id: 'pulse' },
      context: 'group', open: bad > 0, data: { context: target.context },
      children: conditions.map(([object, list]) => ({
        id: `${target.context}/conditions/${object}`, label: object, icon: list.some((one) => one.bad) ? { id: 'error', color: RED } : { id: 'pass', color: GREEN }, context: 'group',
        open: list.some((one) => one.bad), data: { context: target.context },
        children: list.map((one) => ({
          ...leaf(`${target.context}/conditions/${object}/${one.of}/${one.type}`, `${one.type}: ${one.status}`, one.bad ? { id: 'error', color: RED } : { id: 'pass', color: GREEN }, target.context),
          description: words(one.of, one.reason, one.message),
        })),
      })),
    });
  }
  return rows;
}

function group(conditions: readonly Condition[]): [string, Condition[]][] {
  const groups = new Map<string, Condition[]>();
  for (const one of conditions) {
    const list = groups.get(one.object);
    if (list) list.push(one);
    else groups.set(one.object, [one]);
  }
  return [...groups];
}

const leaf = (id: string, label: string, icon: Icon, context: string): Row => ({ id, label, tooltip: label, icon, context: 'note', data: { context } });
