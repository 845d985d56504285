import { ago } from '../clusters/rows';
import { refText } from '../clusters/protocol';
import { t } from '../l10n';
import { GREEN, RED, YELLOW, type Icon, type Node } from '../tree/node';
import type { History, HistoryEntry, HistoryObject } from './protocol';
import { actionWord } from './rows';

export interface HistoryItem {
  readonly context: string;
  readonly id?: string;
  /** RFC 3339. */
  readonly time?: string;
  readonly object?: HistoryObject;
}

/** The applies to connected clusters, the latest first. */
export function historyRows(histories: ReadonlyMap<string, { readonly label: string; readonly history: History }>, now: number): Node<HistoryItem>[] {
  return [...histories].filter(([, { history }]) => history.applies.length > 0).map(([context, { label, history }]) => ({
    id: context,
    label,
    icon: { id: 'server-environment' },
    context: 'historyTarget',
    open: true,
    children: history.applies.map((entry, i) => entryRow(context, entry, i, history.unfinished?.id === entry.id, now)),
    data: { context },
  }));
}

function entryRow(context: string, entry: HistoryEntry, index: number, isUnfinished: boolean, now: number): Node<HistoryItem> {
  const changed = entry.objects.filter((one) => one.action !== 'unchanged');
  const first = changed[0] ?? entry.objects[0];
  const written = changed.length > 0 && entry.undoable !== false && (isUnfinished || entry.outcome === 'applied' || entry.outcome === 'partlyRolledBack'); // else there is nothing to take back
  const label = first === undefined ? t('Apply') : changed.length > 1 ? t('{0} and {1} more', refText(first), changed.length - 1) : refText(first);
  const { word, icon } = look(isUnfinished ? 'interrupted' : entry.outcome);
  const time = entry.time === '' ? '' : ago(entry.time, now);
  return {
    id: `${context}/${entry.id === '' ? index : entry.id}`,
    label,
    description: [word, time].filter(Boolean).join(' · '),
    tooltip: [`${label}: ${word}`, entry.time, ...changed.map((one) => `${refText(one)}: ${actionWord(one.action)}`)].filter(Boolean).join('\n'),
    icon,
    context: ['entry', ...(isUnfinished ? ['unfinished'] : []), ...(written ? ['undoable'] : [])].join('.'),
    spoken: [label, word, time].filter(Boolean).join(', '),
    children: entry.objects.map((one) => ({
      id: `${context}/${entry.id}/${refText(one)}`,
      label: refText(one),
      description: actionWord(one.action),
      icon: one.action === 'create' ? { id: 'diff-added' } : one.action === 'update' ? { id: 'diff-modified' } : { id: 'check' },
      context: 'historyObject',
      run: 'gatewayLsp.openApplied',
      data: { context, id: entry.id, object: one },
    })),
    data: { context, id: entry.id, time: entry.time },
  };
}

function look(outcome: string): { readonly word: string; readonly icon: Icon } {
  switch (outcome) {
    case 'applied': return { word: t('applied'), icon: { id: 'pass', color: GREEN } };
    case 'rolledBack': return { word: t('taken back'), icon: { id: 'discard' } };
    case 'partlyRolledBack': return { word: t('partly taken back'), icon: { id: 'warning', color: YELLOW } };
    case 'refused': return { word: t('refused'), icon: { id: 'circle-slash' } };
    case 'interrupted': return { word: t('interrupted'), icon: { id: 'warning', color: RED } };
    case 'running': return { word: t('running'), icon: { id: 'loading~spin' } };
    case 'unreadable': return { word: t('not readable'), icon: { id: 'warning', color: YELLOW } };
    default: return { word: outcome, icon: { id: 'circle-outline' } };
  }
}
