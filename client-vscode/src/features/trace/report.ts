import type { Trace } from './protocol';

/** A line of the answer. */
export interface TraceLine {
  readonly label: string;
  readonly detail?: string;
  /** Where it leads, if anywhere. */
  readonly leads?: 'rule';
  /** Begins a group of that name. */
  readonly group?: string;
}

const percent = (share: number) => `${Math.round(share * 10_000) / 100} %`;

const target = (one: { readonly namespace: string; readonly name: string; readonly port: number | null }) =>
  `${one.namespace}/${one.name}${one.port === null ? '' : `:${one.port}`}`;

/** What comes of the request, in a few words. */
export function outcome(trace: Trace): string {
  if (trace.error !== undefined) return `Cannot be followed: ${trace.error}`;
  const { redirect, response, backends } = trace;
  if (redirect) {
    const port = redirect.port === null ? '' : `:${redirect.port}`;
    return `${redirect.statusCode} redirect to ${redirect.location ?? `${redirect.scheme}://${redirect.host}${port}${redirect.path}`}`;
  }
  if (response) return response.statusCodes.length === 0 ? `Connection ${response.connection ?? 'refused'}` : `Answered with ${response.statusCodes.join(' or ')}`;
  return backends.filter((b) => b.share > 0).map((b) => `${percent(b.share)} ${target(b)}`).join(', ') || 'Goes where the client connects to';
}

/** The answer line by line: what comes of it first, then the way there. */
export function report(trace: Trace): TraceLine[] {
  const lines: TraceLine[] = [{ label: outcome(trace) }];
  if (trace.listener !== null) lines.push({ label: `Listener ${trace.listener}`, group: 'way' });
  if (trace.route) {
    const rule = trace.rule === null ? '' : `, rule ${trace.rule + 1}${trace.ruleName === undefined ? '' : ` (${trace.ruleName})`}`;
    const match = trace.match === null ? '' : `, match ${trace.match + 1}`;
    lines.push({
      label: `${trace.route.kind} ${trace.route.namespace}/${trace.route.name}${rule}${match}`,
      ...(trace.location ? { leads: 'rule' as const, detail: 'Go to the rule' } : {}),
    });
  }
  for (const filter of trace.filters) lines.push({ label: `Filter ${filter.type}` });
  for (const backend of trace.backends) {
    lines.push({ label: `${percent(backend.share)} to ${target(backend)}`, ...(backend.problem === undefined ? {} : { detail: `Fails: ${backend.problem}` }) });
  }
  for (const mirror of trace.mirrors) lines.push({ label: `${percent(mirror.share)} copied to ${target(mirror)}` });
  const { upstreamRequest: upstream } = trace;
  if (upstream) lines.push({ label: `Backends get ${upstream.method} ${upstream.path}, host ${upstream.host}` });
  trace.why.forEach((line, i) => lines.push({ label: line, ...(i === 0 ? { group: 'why' } : {}) }));
  return lines;
}
