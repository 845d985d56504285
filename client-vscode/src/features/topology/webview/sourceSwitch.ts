import { t } from '../../l10n';
import type { Target } from '../messages';
import type { Source } from '../protocol';
import { h } from './dom';

const SOURCES: readonly (readonly [Source, string, string])[] = [
  ['planned', t('Planned'), t('What the files say')],
  ['live', t('Live'), t('What the connected clusters have')],
  ['difference', t('Difference'), t('What an apply would change')],
];

const SEVERAL = '*';

/** Chooses whose traffic is drawn, and of which clusters. There is nothing to choose while no cluster is connected. */
export class SourceSwitch {
  readonly element: HTMLElement;
  private readonly buttons: ReadonlyMap<Source, HTMLInputElement>;
  private readonly clusters = h('select', { class: 'clusters', 'aria-label': t('Clusters') });
  private source: Source = 'planned';
  private targets: readonly Target[] = [];
  private contexts: readonly string[] = [];

  constructor(changed: (source: Source, contexts: readonly string[]) => void) {
    this.buttons = new Map(SOURCES.map(([source]) => [source, h('input', { type: 'radio', name: 'source', value: source, class: 'sr', onchange: () => changed(source, this.contexts) })]));
    const choices = SOURCES.map(([source, label, title]) => h('label', { class: 'segment', title }, this.buttons.get(source)!, h('span', {}, label)));
    this.clusters.addEventListener('change', () => {
      if (this.clusters.value !== SEVERAL) changed(this.source, this.clusters.value === '' ? [] : [this.clusters.value]);
    });
    this.element = h('div', { class: 'sources', hidden: true }, h('div', { class: 'segments', role: 'radiogroup', 'aria-label': t('Source') }, ...choices), this.clusters);
    this.draw();
  }

  /** @param contexts none for all that are connected */
  show(source: Source, contexts: readonly string[]): void {
    [this.source, this.contexts] = [source, contexts];
    this.draw();
  }

  offer(targets: readonly Target[]): void {
    this.targets = targets;
    this.draw();
  }

  /** Why the drawing is not what clusters have now; empty where it is. */
  get trouble(): string {
    if (this.source === 'planned') return '';
    const seen = this.targets.filter((one) => this.contexts.length === 0 || this.contexts.includes(one.context));
    if (seen.length === 0) return t('No cluster is connected.');
    const lost = seen.filter((one) => one.isLost).map((one) => one.label);
    return lost.length === 0 ? '' : t('Last state: {0} does not answer.', lost.join(', '));
  }

  private draw(): void {
    this.element.hidden = this.targets.length === 0 && this.source === 'planned';
    this.buttons.get(this.source)!.checked = true;
    this.clusters.hidden = this.source === 'planned' || this.targets.length < 2;
    // Contexts that were picked for a drawing, as those of an apply, are one choice more.
    const several = this.contexts.length > 1 && this.contexts.length < this.targets.length ? [h('option', { value: SEVERAL }, t('{0} clusters', this.contexts.length))] : [];
    this.clusters.replaceChildren(h('option', { value: '' }, t('All clusters')), ...several, ...this.targets.map((one) => h('option', { value: one.context }, one.label)));
    this.clusters.value = several.length > 0 ? SEVERAL : this.contexts.length === 1 ? this.contexts[0]! : '';
  }
}
