import { t } from '../l10n';
import type { Cluster } from './protocol';
import { countWords, stateWord } from './rows';

export interface StatusBarView {
  readonly text: string;
  readonly tooltip: string;
  readonly isWarning: boolean;
  readonly spoken: string;
}

/** The item of the status bar: targets and how they are; undefined where none is connected. */
export function statusBarView(clusters: readonly Cluster[], now: number): StatusBarView | undefined {
  if (clusters.length === 0) return undefined;
  const isWell = (c: Cluster) => c.state === 'connected' && c.health.gateways.bad + c.health.routes.bad === 0;
  const bad = clusters.filter((c) => c.state !== 'connecting' && !isWell(c));
  const isBusy = clusters.some((c) => c.state === 'connecting');
  const icon = bad.length > 0 ? '$(warning)' : isBusy ? '$(loading~spin)' : '$(server-environment)';
  const names = clusters.length <= 2 ? clusters.map((c) => c.label).join(', ') : t('{0} clusters', clusters.length);
  const lines = clusters.map((c) => [c.label, [stateWord(c, now), ...countWords(c)].filter(Boolean).join(', ')].filter(Boolean).join(': '));
  return {
    text: `${icon} ${names}`,
    tooltip: [t('Gateway LSP: targets'), ...lines].join('\n'),
    isWarning: bad.length > 0,
    spoken: t('Targets of Gateway LSP: {0}', lines.join('; ')),
  };
}
