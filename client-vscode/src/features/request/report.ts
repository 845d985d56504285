import { fenced, plain } from '../clusters/describe';
import { t } from '../l10n';
import type { Sent } from './protocol';

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

/** In a line: how many were answered, and whether by whom they should. */
export function sentLine(sent: Sent): string {
  const failed = sent.errors.reduce((sum, one) => sum + one.count, 0);
  const answered = Object.values(sent.statuses).reduce((sum, n) => sum + n, 0);
  if (answered === 0) return t('No answer to {0} requests: {1}', failed, sent.errors[0]?.message ?? '');
  const statuses = Object.entries(sent.statuses).map(([status, n]) => `${n} × ${status}`).join(', ');
  return [
    sent.asExpected ? t('As expected: {0}', statuses) : t('Not as expected: {0}', statuses),
    failed > 0 ? t('{0} without an answer', failed) : '',
    ...sent.observed.filter((one) => one.count > 0).map((one) => `${one.backend} ${one.count}`),
  ].filter(Boolean).join(', ');
}

/** The whole answer, in Markdown. */
export function sentReport(sent: Sent, cluster: string): string {
  const told = sent.observed.reduce((sum, one) => sum + one.count, 0);
  const { request, gateway, sample } = sent;
  const pods = sent.observed.flatMap((one) => Object.entries(one.pods).map(([pod, n]) => `- ${plain(pod)}: ${n}`));
  const rows = sent.observed.map((one) => {
    const share = sent.expected.find((other) => other.backend === one.backend)?.share ?? 0;
    return `| ${plain(one.backend)} | ${percent(share)} | ${one.count}${told > 0 ? ` (${percent(one.count / told)})` : ''}${one.differs ? ' ✗' : ''} |`;
  });
  return [
    `# ${sent.asExpected ? '✓' : '✗'} ${plain(`${request.method} ${request.host}${request.path}`)}`,
    plain(sentLine(sent)),
    '| | |',
    '|---|---|',
    `| ${t('Cluster')} | ${plain(cluster)} |`,
    `| ${t('Address')} | ${plain(sent.address)} |`,
    ...(gateway.listener ? [`| ${t('Listener')} | ${plain(gateway.listener)} |`] : []),
    ...(gateway.route ? [`| ${t('Route')} | ${plain(gateway.route)}${gateway.rule === undefined ? '' : `, ${t('rule {0}', gateway.rule + 1)}`} |`] : []),
    `| ${t('Time to the answer')} | ${t('half within {0} ms, 99 % within {1} ms', sent.latencyMs.p50, sent.latencyMs.p99)} |`,
    ...(sent.certificate ? [`| ${t('Certificate')} | ✗ ${plain(sent.certificate)} |`] : []),
    '',
    ...(rows.length > 0 ? [`## ${t('Who answered')}`, '', `| ${t('Backend')} | ${t('Expected')} | ${t('Observed')} |`, '|---|---:|---:|', ...rows, ''] : []),
    ...(pods.length > 0 ? [`### ${t('Pods')}`, '', ...pods, ''] : []),
    ...(sent.untold > 0 ? [t('{0} answers do not tell which backend gave them.', sent.untold), ''] : []),
    ...(sent.errors.length > 0 ? [`## ${t('Without an answer')}`, '', ...sent.errors.map((one) => `- ${one.count} × ${plain(one.message)}`), ''] : []),
    ...(sample ? [`## ${t('First answer: {0}', plain(sample.status))}`, '', fenced(sample.headers.map((one) => `${one.name}: ${one.value}`).join('\n'), 'http'), '', fenced(pretty(sample.body), 'json'), ''] : []),
  ].join('\n');
}

/** Bodies are often JSON in one line. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
