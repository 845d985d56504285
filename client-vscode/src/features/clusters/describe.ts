import { t } from '../l10n';
import { refText, type LiveObject } from './protocol';
import { healthWord } from './rows';
import { section } from './yaml';

/** Words of a cluster in Markdown, where nothing of them is markup. */
export const plain = (text: string) => text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&').replace(/\s+/g, ' ');

/** A block of code whose content cannot end it. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((m) => m[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** Characters that every font has: an emoji may be an empty box. */
const MARKS = { ok: '✓', bad: '✗', pending: '…', unknown: '?' };

/** How an object is in a cluster, in Markdown. */
export function describe(one: LiveObject, cluster: string, yaml: string): string {
  const status = section(yaml, 'status');
  return [
    `# ${plain(refText(one))}`,
    '| | |',
    '|---|---|',
    `| ${t('Cluster')} | ${plain(cluster)} |`,
    `| ${t('State')} | ${MARKS[one.state]} ${plain([healthWord(one.state), one.summary].filter(Boolean).join(': '))} |`,
    ...(one.addresses.length > 0 ? [`| ${t('Addresses')} | ${plain(one.addresses.join(', '))} |`] : []),
    `| API | ${plain(one.apiVersion)} |`,
    '',
    `## ${t('Status')}`,
    '',
    status === '' ? t('It has no status.') : fenced(status, 'yaml'),
    '',
    `## ${t('Metadata')}`,
    '',
    fenced(section(yaml, 'metadata'), 'yaml'),
    '',
    `## ${t('What it says')}`,
    '',
    fenced(yaml.replace(status, '').replace(section(yaml, 'metadata'), ''), 'yaml'),
    '',
  ].join('\n');
}
