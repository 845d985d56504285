import { t } from '../../l10n';
import { countOf, type Facets } from '../drawing/ways';
import type { ExportFormat } from '../messages';
import type { Filters } from '../protocol';
import { h, icon, iconButton } from './dom';

export interface ToolbarActions {
  search(text: string): void;
  nextFound(step: 1 | -1): void;
  filter(filters: Filters): void;
  list(isOn: boolean): void;
  trace(): void;
  export(format: ExportFormat): void;
  wholeWorkspace(): void;
}

const GROUPS = [['clusters', t('Clusters')], ['namespaces', t('Namespaces')], ['hosts', t('Hosts')]] as const;
const FORMATS: readonly (readonly [ExportFormat, string])[] = [['svg', t('SVG picture')], ['png', t('PNG picture')], ['mermaid', 'Mermaid'], ['dot', 'Graphviz DOT']];

export class Toolbar {
  readonly element: HTMLElement;
  readonly search = h('input', { type: 'search', class: 'search-input', placeholder: t('Search'), 'aria-label': t('Search the topology'), spellcheck: 'false' });
  private readonly found = h('span', { class: 'found-count', 'aria-live': 'polite' });
  private readonly about = h('span', { class: 'about' });
  private readonly whole: HTMLButtonElement;
  private readonly popover = h('div', { class: 'popover', id: 'filters', role: 'dialog', 'aria-label': t('Filter'), hidden: true });
  private readonly filterButton: HTMLButtonElement;
  private readonly badge = h('span', { class: 'count-badge', hidden: true });
  private readonly menu: HTMLElement;
  private readonly listButton: HTMLButtonElement;
  private filters: Filters = {};
  private facets: Facets = { clusters: [], namespaces: [], hosts: [] };

  /** @param sources the choice of whose traffic is drawn */
  constructor(sources: HTMLElement, private readonly actions: ToolbarActions) {
    this.search.addEventListener('input', () => actions.search(this.search.value));
    this.search.addEventListener('keydown', (e) => {
      if (e.key === 'Enter') actions.nextFound(e.shiftKey ? -1 : 1);
    });
    this.filterButton = h('button', { type: 'button', class: 'text-button', 'aria-expanded': 'false', 'aria-controls': 'filters', onclick: () => this.toggle(this.popover, this.filterButton) }, icon('filter'), h('span', { class: 'wide' }, t('Filter')), this.badge);
    this.listButton = iconButton('list', t('Show as a list'), () => this.setList(this.listButton.getAttribute('aria-pressed') !== 'true'), { 'aria-pressed': 'false' });
    const exportButton = iconButton('export', t('Export'), () => this.toggle(this.menu, exportButton), { 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
    this.menu = h('div', { class: 'popover menu', role: 'menu', 'aria-label': t('Export'), hidden: true }, ...FORMATS.map(([format, label]) =>
      h('button', { type: 'button', role: 'menuitem', onclick: () => {
        this.toggle(this.menu, exportButton);
        actions.export(format);
      } }, label)));
    this.whole = h('button', { type: 'button', class: 'link', onclick: () => actions.wholeWorkspace(), hidden: true }, t('Show all'));
    this.element = h(
      'header',
      { class: 'bar' },
      h('div', { class: 'search' }, icon('search'), this.search, this.found),
      h('div', { class: 'anchor' }, this.filterButton, this.popover),
      sources,
      h('div', { class: 'scope' }, this.about, this.whole),
      h('button', { type: 'button', class: 'text-button', 'aria-label': t('Trace a request'), title: t('Trace a request'), onclick: () => actions.trace() }, icon('trace'), h('span', { class: 'wide' }, t('Trace a request'))),
      this.listButton,
      h('div', { class: 'anchor end' }, exportButton, this.menu),
    );
    document.addEventListener('pointerdown', (e) => {
      for (const [box, button] of [[this.popover, this.filterButton], [this.menu, exportButton]] as const) {
        if (!box.hidden && !box.parentElement!.contains(e.target as Node)) this.toggle(box, button);
      }
    });
    this.element.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape') return;
      for (const [box, button] of [[this.popover, this.filterButton], [this.menu, exportButton]] as const) {
        if (box.hidden) continue;
        this.toggle(box, button);
        button.focus();
        e.stopPropagation();
      }
    });
    this.menu.addEventListener('keydown', (e) => {
      const items = [...this.menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
      const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
      if (step === 0) return;
      e.preventDefault();
      items[(items.indexOf(document.activeElement as HTMLElement) + step + items.length) % items.length]?.focus();
    });
  }

  /** @param about of what the drawing tells; empty for the whole workspace */
  show(about: string, facets: Facets, filters: Filters): void {
    this.about.textContent = about;
    this.whole.hidden = about === '';
    this.filters = filters;
    this.facets = facets;
    const count = countOf(filters);
    this.badge.hidden = count === 0;
    this.badge.textContent = String(count);
    this.filterButton.setAttribute('aria-label', count === 0 ? t('Filter') : t('Filter, {0} chosen', count));
    if (this.popover.hidden) this.fillPopover();
  }

  tellFound(text: string): void {
    this.found.textContent = text;
  }

  setList(isOn: boolean): void {
    this.listButton.setAttribute('aria-pressed', String(isOn));
    this.actions.list(isOn);
  }

  private toggle(box: HTMLElement, button: HTMLElement): void {
    if (box.hidden && box === this.popover) this.fillPopover();
    box.hidden = !box.hidden;
    button.setAttribute('aria-expanded', String(!box.hidden));
    if (!box.hidden) box.querySelector<HTMLElement>('input, button')?.focus();
  }

  private fillPopover(): void {
    const groups = GROUPS.filter(([name]) => this.facets[name].length > (name === 'clusters' ? 1 : 0)).map(([name, title]) =>
      h('fieldset', {}, h('legend', {}, title), ...this.facets[name].map((value) => this.check(value, this.filters[name]?.includes(value) === true, (on) => {
        const rest = (this.filters[name] ?? []).filter((one) => one !== value);
        this.change({ ...this.filters, [name]: on ? [...rest, value] : rest });
      }))));
    const parts = (['rules', 'workloads'] as const).map((part) => this.check(part === 'rules' ? t('Rules') : t('Workloads'), this.filters.collapse?.includes(part) !== true, (on) => {
      const rest = (this.filters.collapse ?? []).filter((one) => one !== part);
      this.change({ ...this.filters, collapse: on ? rest : [...rest, part] });
    }));
    this.popover.replaceChildren(
      h('fieldset', {}, h('legend', {}, t('Show')), ...parts),
      ...groups,
      h('button', { type: 'button', class: 'link', onclick: () => {
        this.change({});
        this.fillPopover();
      } }, t('Clear filters')),
    );
  }

  private check(label: string, isOn: boolean, changed: (isOn: boolean) => void): HTMLElement {
    const box = h('input', { type: 'checkbox', onchange: () => changed(box.checked) });
    box.checked = isOn;
    return h('label', { class: 'check' }, box, h('span', {}, label));
  }

  private change(filters: Filters): void {
    this.filters = filters;
    this.actions.filter(filters);
  }
}
