import { fenced } from '../clusters/describe';
import { t } from '../l10n';
import { redact } from './redact';

export interface ReportFacts {
  readonly extension: string;
  readonly server: string;
  readonly editor: string;
  readonly platform: string;
  readonly home: string;
  /** Settings of ours that are not as they come. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly log: readonly string[];
}

/** The text of a report: what the reader needs, with nothing in it that should not leave the machine. */
export function reportBody(facts: ReportFacts): string {
  const clean = (text: string) => redact(text, facts.home);
  return [
    `## ${t('What happened')}`,
    '',
    t('Describe what you did, what you expected and what happened instead. A small manifest that shows it helps most.'),
    '',
    `## ${t('Versions')}`,
    '',
    clean(`- Gateway LSP ${facts.extension} (${facts.server})\n- ${facts.editor}\n- ${facts.platform}`),
    '',
    `## ${t('Settings')}`,
    '',
    fenced(clean(JSON.stringify(facts.settings, null, 2)), 'json'),
    '',
    `## ${t('Log')}`,
    '',
    t('Credentials, accounts, addresses and your home folder have been taken out. Read it through before you send it.'),
    '',
    fenced(clean(facts.log.join('\n')), 'text'),
    '',
  ].join('\n');
}
