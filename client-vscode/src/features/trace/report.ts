import { t } from '../l10n';
import type { Trace } from './protocol';

/** A step of the way that a request takes. */
export interface TraceStep {
  readonly kind: string;
  readonly text: string;
  /** Of the requests, 0 to 1. */
  readonly share?: number;
  readonly problem?: string;
}

export const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`;

const target = (one: { readonly namespace: string; readonly name: string; readonly port: number | null }) =>
  `${one.namespace}/${one.name}${one.port === null ? '' : `:${one.port}`}`;

/** What comes of the request, in a few words. */
export function outcome(trace: Trace): string {
  if (trace.error !== undefined) return t('Cannot be followed: {0}', trace.error);
  const { redirect, response, backends } = trace;
  if (redirect) {
    const port = redirect.port === null ? '' : `:${redirect.port}`;
    return t('{0} redirect to {1}', redirect.statusCode, redirect.location ?? `${redirect.scheme}://${redirect.host}${port}${redirect.path}`);
  }
  if (response) return response.statusCodes.length === 0 ? t('Connection rejected') : t('Answered with {0}', response.statusCodes.join(t(' or ')));
  return backends.filter((b) => b.share > 0).map((b) => `${percent(b.share)} ${target(b)}`).join(', ') || t('Goes where the client connects to');
}

/** The way step by step. */
export function steps(trace: Trace): TraceStep[] {
  const way: TraceStep[] = [];
  if (trace.listener !== null) way.push({ kind: t('Listener'), text: trace.listenerSet ? t('{0} of {1} {2}', trace.listener, 'ListenerSet', `${trace.listenerSet.namespace}/${trace.listenerSet.name}`) : trace.listener });
  if (trace.route) {
    const rule = trace.rule === null ? '' : `, ${t('rule {0}', trace.rule + 1)}${trace.ruleName === undefined ? '' : ` (${trace.ruleName})`}`;
    const match = trace.match === null ? '' : `, ${t('match {0}', trace.match + 1)}`;
    way.push({ kind: trace.route.kind, text: `${trace.route.namespace}/${trace.route.name}${rule}${match}` });
  }
  for (const filter of trace.filters) way.push({ kind: t('Filter'), text: filter.type });
  for (const backend of trace.backends) {
    way.push({ kind: t('Backend, {0}', percent(backend.share)), text: target(backend), share: backend.share, ...(backend.problem === undefined ? {} : { problem: backend.problem }) });
  }
  for (const mirror of trace.mirrors) way.push({ kind: t('Mirror, {0} copied', percent(mirror.share)), text: target(mirror), share: mirror.share });
  const { upstreamRequest: upstream } = trace;
  if (upstream) way.push({ kind: t('Backends get'), text: t('{0} {1}, host {2}', upstream.method, upstream.path, upstream.host) });
  return way;
}
