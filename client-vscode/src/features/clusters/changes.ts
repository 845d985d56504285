import { t } from '../l10n';
import { refText, type Cluster, type LiveObject } from './protocol';

/** Something that the user is told without having asked. */
export interface News {
  readonly severity: 'warning' | 'information';
  readonly message: string;
  readonly context: string;
  /** The cluster or the endpoints are gone, so that traffic may have to go elsewhere. */
  readonly isLoss: boolean;
  /** It is about the cluster itself. */
  readonly isCluster: boolean;
}

const isLost = (cluster: Cluster) => cluster.state === 'stale' || cluster.state === 'unreachable';

/** What happened to clusters since: one that answered is gone, or one that was gone is back. */
export function clusterNews(before: ReadonlyMap<string, Cluster>, after: readonly Cluster[]): News[] {
  const news: News[] = [];
  for (const cluster of after) {
    const known = before.get(cluster.context);
    if (known?.state === 'connected' && isLost(cluster)) {
      const reason = cluster.reason ? ` ${cluster.reason}` : '';
      news.push({ severity: 'warning', message: t('{0} does not answer any more.{1}', cluster.label, reason), context: cluster.context, isLoss: true, isCluster: true });
    } else if (known?.state === 'connected' && cluster.state === 'denied') {
      news.push({ severity: 'warning', message: t('{0} denies access now. {1}', cluster.label, cluster.reason ?? ''), context: cluster.context, isLoss: false, isCluster: true });
    } else if (known && isLost(known) && cluster.state === 'connected') {
      news.push({ severity: 'information', message: t('{0} answers again.', cluster.label), context: cluster.context, isLoss: false, isCluster: true });
    }
  }
  return news;
}

/** Objects that were well and are not any more, told in one message however many they are. */
export function objectNews(cluster: Cluster, before: readonly LiveObject[], after: readonly LiveObject[]): News | undefined {
  const key = (one: LiveObject) => `${one.apiVersion}/${refText(one)}`;
  const well = new Set(before.filter((one) => one.state === 'ok').map(key));
  const fallen = after.filter((one) => one.state === 'bad' && well.has(key(one)));
  const first = fallen[0];
  if (!first) return undefined;
  const rest = fallen.length - 1;
  const summary = first.summary === '' ? '' : ` (${first.summary})`;
  const message =
    rest === 0 ? t('{0}: {1} is not healthy any more{2}.', cluster.label, refText(first), summary)
    : t('{0}: {1}{2} and {3} more are not healthy any more.', cluster.label, refText(first), summary, rest);
  return { severity: 'warning', message, context: cluster.context, isLoss: fallen.some((one) => one.kind === 'Service' || one.kind === 'ServiceImport'), isCluster: false };
}
