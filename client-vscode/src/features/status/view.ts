import { t } from '../l10n';
import type { ServerState } from '../server/protocol';

/** What the language status item shows for a state of the server. */
export interface StatusView {
  readonly text: string;
  readonly detail: string;
  readonly busy: boolean;
  readonly isError: boolean;
  readonly action: 'restart' | 'log';
}

export function statusView(state: ServerState): StatusView {
  switch (state.kind) {
    case 'stopped':
      return { text: 'Gateway LSP', detail: t('stopped'), busy: false, isError: false, action: 'restart' };
    case 'starting':
      return { text: 'Gateway LSP', detail: t('starting'), busy: true, isError: false, action: 'log' };
    case 'ready':
      return { text: state.version ? `Gateway LSP ${state.version}` : 'Gateway LSP', detail: t('ready'), busy: false, isError: false, action: 'log' };
    case 'failed':
      return { text: 'Gateway LSP', detail: state.reason, busy: false, isError: true, action: 'restart' };
  }
}
