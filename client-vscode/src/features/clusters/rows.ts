import { t } from '../l10n';
import { GREEN, RED, YELLOW, type Icon, type Node } from '../tree/node';
import { refText, type Cluster, type Context, type Count, type Health, type LiveObject, type Provider } from './protocol';

/** All that the view shows. */
export interface ClustersState {
  readonly contexts: readonly Context[];
  /** By context. */
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly objects: ReadonlyMap<string, readonly LiveObject[]>;
  /** What could not be used of the kubeconfig files, or why nothing could be read. */
  readonly problems: readonly string[];
}

export interface ClusterItem {
  readonly context: string;
  readonly object?: LiveObject;
}

const PROVIDERS: Record<Provider, string> = { eks: 'EKS', gke: 'GKE', other: '' };

/** In the order of traffic; what is not named comes last. */
const KINDS = ['GatewayClass', 'Gateway', 'ListenerSet', 'XListenerSet', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'Service', 'ServiceImport'];

const RANK: Record<Health, number> = { ok: 0, unknown: 1, pending: 2, bad: 3 };

export function clusterRows(state: ClustersState, now: number): Node<ClusterItem>[] {
  const known = new Set(state.contexts.map((context) => context.name));
  // A context that is gone from the kubeconfig stays in sight as long as it is connected.
  const rest = [...state.clusters.values()].filter((cluster) => !known.has(cluster.context));
  const rows = [
    ...state.contexts.map((context) => {
      const cluster = state.clusters.get(context.name);
      return cluster ? clusterRow(cluster, state.objects.get(context.name), now) : contextRow(context);
    }),
    ...rest.map((cluster) => clusterRow(cluster, state.objects.get(cluster.context), now)),
  ];
  return [...rows, ...state.problems.map((problem, i) => note(`problem/${i}`, problem))];
}

/** What the state of an object looks like: a shape of its own each, as colour alone is not seen by everybody. */
export function healthIcon(state: Health): Icon {
  switch (state) {
    case 'ok': return { id: 'pass', color: GREEN };
    case 'bad': return { id: 'error', color: RED };
    case 'pending': return { id: 'clock', color: YELLOW };
    case 'unknown': return { id: 'circle-outline' };
  }
}

export function healthWord(state: Health): string {
  switch (state) {
    case 'ok': return t('healthy');
    case 'bad': return t('not healthy');
    case 'pending': return t('not ready yet');
    case 'unknown': return t('state unknown');
  }
}

/** The time from then to now in the largest unit that says something. */
export function ago(then: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(then)) / 1000));
  if (Number.isNaN(seconds)) return '';
  if (seconds < 60) return t('{0} s ago', seconds);
  if (seconds < 3600) return t('{0} min ago', Math.round(seconds / 60));
  return seconds < 86_400 ? t('{0} h ago', Math.round(seconds / 3600)) : t('{0} d ago', Math.round(seconds / 86_400));
}

export function stateWord(cluster: Cluster, now: number): string {
  switch (cluster.state) {
    case 'connecting': return t('connecting…');
    case 'connected': return '';
    case 'stale': return cluster.lastSeen ? t('does not answer, last seen {0}', ago(cluster.lastSeen, now)) : t('does not answer');
    case 'unreachable': return t('does not answer');
    case 'denied': return t('access denied');
  }
}

/** "3 Gateways, 1 of them not healthy", for those kinds that the cluster has any of. */
export function countWords(cluster: Cluster): string[] {
  const { gateways, routes } = cluster.health;
  const words = ({ ok, bad, pending }: Count, one: string, many: string) => {
    const all = ok + bad + pending;
    if (all === 0) return [];
    const marks = [bad > 0 ? t('{0} not healthy', bad) : '', pending > 0 ? t('{0} not ready yet', pending) : ''].filter(Boolean).join(', ');
    return [`${all === 1 ? one : many}${marks === '' ? '' : ` (${marks})`}`];
  };
  const all = (count: Count) => count.ok + count.bad + count.pending;
  return [...words(gateways, t('1 Gateway'), t('{0} Gateways', all(gateways))), ...words(routes, t('1 route'), t('{0} routes', all(routes)))];
}

function contextRow(context: Context): Node<ClusterItem> {
  const answer = context.reachable === true ? t('answers') : context.reachable === false ? t('does not answer') : '';
  return {
    id: context.name,
    label: context.label,
    description: words(PROVIDERS[context.provider], context.version, answer, context.protected ? t('protected') : ''),
    tooltip: lines(context.name === context.label ? '' : context.name, t('Cluster {0}', context.cluster), context.reason, context.hint, t('Not connected.')),
    icon: { image: `clusters/${context.provider}` },
    context: 'context',
    spoken: words(context.label, PROVIDERS[context.provider], answer, context.protected ? t('protected') : '', t('Not connected.')).replaceAll(' · ', ', '),
    data: { context: context.name },
  };
}

function clusterRow(cluster: Cluster, objects: readonly LiveObject[] | undefined, now: number): Node<ClusterItem> {
  const { context } = cluster;
  const children: Node<ClusterItem>[] = [];
  if (cluster.state !== 'connected' && cluster.reason) {
    children.push({ ...note(`${context}/reason`, cluster.reason), ...(cluster.hint ? { description: cluster.hint } : {}) });
  }
  children.push(...namespaceRows(context, objects ?? [], cluster.state === 'stale' || cluster.state === 'unreachable'));
  children.push(...cluster.unreadable.map((text, i) => ({ ...note(`${context}/unreadable/${i}`, text), icon: { id: 'lock' } })));
  // Never without a row: a cluster that is drawn without one stays closed when its objects come.
  if (children.length === 0) {
    const label = cluster.state === 'connecting' ? t('connecting…') : objects === undefined && cluster.state === 'connected' ? t('reading…') : t('No Gateways or routes');
    children.push({ id: `${context}/empty`, label, context: 'note', icon: { id: 'info' } });
  }
  const api = cluster.gatewayApi ? `Gateway API ${cluster.gatewayApi.version} ${cluster.gatewayApi.channel}` : '';
  const state = stateWord(cluster, now);
  return {
    id: `${context}/connected`, // another row than before it was connected: that one is remembered as closed
    label: cluster.label,
    description: words(PROVIDERS[cluster.provider], state, cluster.version, api, cluster.protected ? t('protected') : ''),
    tooltip: lines(context === cluster.label ? '' : context, ...countWords(cluster), state, cluster.reason, cluster.hint),
    icon: clusterIcon(cluster),
    context: `cluster.${cluster.state}`,
    open: true,
    spoken: words(cluster.label, PROVIDERS[cluster.provider], state === '' ? t('connected') : state, cluster.protected ? t('protected') : '', ...countWords(cluster)).replaceAll(' · ', ', '),
    children,
    data: { context },
  };
}

function clusterIcon(cluster: Cluster): Icon {
  switch (cluster.state) {
    case 'connecting': return { id: 'loading~spin' };
    case 'connected': return { image: `clusters/${cluster.provider}-connected` };
    case 'stale': return { id: 'warning', color: YELLOW };
    case 'unreachable': return { id: 'error', color: RED };
    case 'denied': return { id: 'lock', color: RED };
  }
}

/** @param isLost what is known of the objects is how they were: nothing green or red, which would read as now */
function namespaceRows(context: string, objects: readonly LiveObject[], isLost: boolean): Node<ClusterItem>[] {
  const groups = new Map<string, LiveObject[]>();
  for (const one of objects) {
    const group = groups.get(one.namespace);
    if (group) group.push(one);
    else groups.set(one.namespace, [one]);
  }
  return [...groups].sort(([a], [b]) => compare(a, b)).map(([namespace, members]) => {
    const worst = members.reduce<Health>((state, one) => (RANK[one.state] > RANK[state] ? one.state : state), 'ok');
    const bad = members.filter((one) => one.state === 'bad').length;
    const label = namespace === '' ? t('Whole cluster') : namespace;
    const description = bad > 0 ? t('{0} not healthy', bad) : '';
    return {
      id: `${context}/${namespace}`,
      label,
      description,
      icon: worst === 'bad' && !isLost ? { id: 'symbol-namespace', color: RED } : { id: 'symbol-namespace' },
      context: 'namespace',
      open: namespace !== '',
      spoken: namespace === '' ? label : [t('Namespace {0}', namespace), description].filter(Boolean).join(', '),
      children: members.sort(byTraffic).map((one) => objectRow(context, one, isLost)),
      data: { context },
    };
  });
}

function objectRow(context: string, one: LiveObject, isLost: boolean): Node<ClusterItem> {
  const icon = healthIcon(one.state);
  const health = isLost ? t('Last state: {0}', healthWord(one.state)) : healthWord(one.state);
  return {
    id: `${context}/${one.namespace}/${one.apiVersion}/${one.kind}/${one.name}`,
    label: one.name,
    description: words(one.kind, one.summary, one.addresses.join(', ')),
    tooltip: lines(refText(one), health, one.summary, one.addresses.join(', '), one.location ? t('Also in this workspace.') : ''),
    icon: isLost && 'id' in icon ? { id: icon.id } : icon,
    context: words('live', one.kind, one.location ? 'local' : '', one.addresses.length > 0 ? 'address' : '').replaceAll(' · ', '.'),
    run: 'gatewayLsp.openLive',
    spoken: words(`${one.kind} ${one.name}`, health, one.summary).replaceAll(' · ', ', '),
    data: { context, object: one },
  };
}

const note = (id: string, label: string): Node<ClusterItem> => ({ id, label, tooltip: label, icon: { id: 'warning', color: YELLOW }, context: 'note' });
const words = (...all: (string | null | undefined)[]) => all.filter(Boolean).join(' · ');
const lines = (...all: (string | null | undefined)[]) => all.filter(Boolean).join('\n');
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const rank = (kind: string) => (KINDS.indexOf(kind) + KINDS.length + 1) % (KINDS.length + 1);
const byTraffic = (a: LiveObject, b: LiveObject) => rank(a.kind) - rank(b.kind) || compare(a.kind, b.kind) || compare(a.name, b.name);
