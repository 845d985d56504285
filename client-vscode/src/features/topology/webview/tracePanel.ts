// Beside the drawing: a request, what becomes of it, and why.
import { t } from '../../l10n';
import type { Trace, TraceParams } from '../../trace/protocol';
import { outcome, steps } from '../../trace/report';
import type { TopologyNode } from '../protocol';
import { h, icon, iconButton } from './dom';

export interface TraceActions {
  trace(params: TraceParams): void;
  keep(params: TraceParams): void;
  /** Shows the way in the drawing, or no longer. */
  showPath(isShown: boolean): void;
  goTo(trace: Trace): void;
  close(): void;
}

const MESH = 'mesh:';

export class TracePanel {
  readonly element: HTMLElement;
  private readonly gateway = h('select', { id: 'trace-gateway' });
  private readonly request = h('textarea', { id: 'trace-request', rows: 3, spellcheck: 'false', placeholder: `GET http://shop.example.com/cart -H "x-canary: true"\n${t('or a curl command')}` });
  private readonly answer = h('div', { class: 'answer', 'aria-live': 'polite' });
  private asked: TraceParams | undefined;
  private choices = '';
  private wanted: TraceParams | undefined;

  constructor(private readonly actions: TraceActions) {
    this.request.addEventListener('keydown', (e) => {
      if (e.key === 'Enter' && !e.shiftKey) {
        e.preventDefault();
        this.send();
      }
    });
    const form = h(
      'form',
      {
        onsubmit: (e: Event) => {
          e.preventDefault();
          this.send();
        },
      },
      h('label', { for: 'trace-gateway' }, t('Arrives at')),
      this.gateway,
      h('label', { for: 'trace-request' }, t('Request')),
      this.request,
      h('div', { class: 'form-foot' }, h('span', { class: 'muted' }, t('Nothing is sent anywhere.')), h('button', { type: 'submit', class: 'primary' }, t('Trace'))),
    );
    this.element = h(
      'aside',
      { class: 'trace', 'aria-label': t('Trace a request'), hidden: true },
      h('div', { class: 'panel-head' }, h('h2', {}, t('Trace a request')), iconButton('close', t('Close'), () => actions.close())),
      form,
      this.answer,
    );
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** @param params a request to begin with; null leaves what is there */
  open(params: TraceParams | null): void {
    this.element.hidden = false;
    if (params) {
      this.wanted = params;
      this.request.value = params.text;
      this.answer.replaceChildren();
      this.asked = undefined;
      this.choose();
    }
    this.request.focus();
    this.request.select();
  }

  close(): void {
    this.element.hidden = true;
    this.answer.replaceChildren();
    this.asked = undefined;
  }

  /** What a request can be sent to. */
  offer(gateways: readonly TopologyNode[]): void {
    const now = gateways.map((node) => `${node.object!.namespace}/${node.object!.name}`);
    const mesh = this.wanted?.client ? [MESH + this.wanted.client.namespace] : [];
    const choices = [...new Set([...now, ...mesh])];
    if (choices.join(' ') === this.choices) return;
    this.choices = choices.join(' ');
    const before = this.gateway.value;
    this.gateway.replaceChildren(...choices.map((value) => h('option', { value }, value.startsWith(MESH) ? t('Mesh, from namespace {0}', value.slice(MESH.length)) : `Gateway ${value}`)));
    if (choices.includes(before)) this.gateway.value = before;
    this.choose();
  }

  /** Asks again: the manifests changed. */
  refresh(): void {
    if (this.isOpen && this.asked) this.actions.trace(this.asked);
  }

  private choose(): void {
    const { gateway, client } = this.wanted ?? {};
    const value = gateway ? `${gateway.namespace || 'default'}/${gateway.name}` : client ? MESH + client.namespace : undefined;
    if (value === undefined) return;
    if (![...this.gateway.options].some((option) => option.value === value)) {
      this.gateway.append(h('option', { value }, value.startsWith(MESH) ? t('Mesh, from namespace {0}', value.slice(MESH.length)) : `Gateway ${value}`));
    }
    this.gateway.value = value;
    this.wanted = undefined;
  }

  private send(): void {
    const text = this.request.value.trim();
    if (text === '') return;
    const to = this.gateway.value;
    const slash = to.indexOf('/');
    this.asked = to.startsWith(MESH) ? { text, client: { namespace: to.slice(MESH.length) } } : { text, ...(slash > 0 ? { gateway: { namespace: to.slice(0, slash), name: to.slice(slash + 1) } } : {}) };
    this.actions.trace(this.asked);
  }

  show(params: TraceParams, trace: Trace): void {
    this.asked = params;
    const state = trace.error !== undefined ? 'error' : trace.response && trace.response.statusCodes.every((code) => code >= 400) ? 'error' : 'ok';
    const shown = h('input', { type: 'checkbox', id: 'trace-path', checked: true, onchange: () => this.actions.showPath(shown.checked) });
    const parts = [
      h('div', { class: `outcome state-${state}` }, outcome(trace)),
      h('ol', { class: 'steps' }, ...steps(trace).map((step) =>
        h('li', {}, h('span', { class: 'step-kind' }, step.kind), h('span', { class: 'step-text' }, step.text),
          step.share !== undefined && h('span', { class: 'share-bar', 'aria-hidden': 'true' }, fill(step.share)),
          step.problem !== undefined && h('span', { class: 'reason state-error' }, step.problem)))),
      trace.error === undefined && h('div', { class: 'actions' },
        h('label', { class: 'check' }, shown, ` ${t('Show path in topology')}`),
        trace.location && h('button', { type: 'button', class: 'secondary', onclick: () => this.actions.goTo(trace) }, icon('goto'), t('Go to rule')),
        h('button', { type: 'button', class: 'secondary', title: t('Keep the outcome as a comment beside the manifest; gateway-lsp check and the Testing view verify it.'), onclick: () => this.actions.keep(params) }, icon('save'), t('Save as expectation'))),
      trace.why.length > 0 && h('h3', {}, t('Why')),
      trace.why.length > 0 && h('ol', { class: 'why' }, ...trace.why.map((line) => h('li', {}, line))),
    ];
    this.answer.replaceChildren(...parts.filter((part) => part !== false));
    this.actions.showPath(true);
  }
}

function fill(share: number): HTMLElement {
  const bar = h('span', { class: 'share-fill' });
  bar.style.width = `${Math.round(share * 100)}%`;
  return bar;
}
