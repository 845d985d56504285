import { t } from '../../l10n';
import type { Graph, Mark, Source } from '../protocol';
import { h } from './dom';

const OF_DIFFERENCE: Readonly<Record<Mark, string>> = { added: t('only in the files'), changed: t('changed by an apply'), removed: t('only in the clusters') };
const OF_APPLY: Readonly<Record<Mark, string>> = { added: t('new'), changed: t('changed'), removed: t('gone') };
const MARKS: readonly Mark[] = ['added', 'changed', 'removed'];

/** Says what the marks of a drawing mean, and how many there are of each. */
export class Legend {
  readonly element = h('ul', { class: 'legend', 'aria-label': t('Marks'), hidden: true });

  /**
   * @param trouble why the drawing is not what the clusters have now; empty where it is
   * @returns the same as a text, for who does not see it
   */
  show(graph: Graph, source: Source, trouble: string): string {
    const counts = new Map<Mark, number>();
    // A rule comes with the line to it: nodes are counted, and those lines that changed by themselves.
    for (const one of [...graph.nodes, ...graph.edges.filter((edge) => edge.mark === 'changed')]) if (one.mark) counts.set(one.mark, (counts.get(one.mark) ?? 0) + 1);
    const words = source === 'difference' ? OF_DIFFERENCE : OF_APPLY;
    const shown = MARKS.filter((mark) => counts.has(mark));
    const texts = shown.map((mark) => `${counts.get(mark)} ${words[mark]}`);
    const isEqual = source === 'difference' && shown.length === 0 && graph.nodes.length > 0;
    const items = shown.map((mark, i) => h('li', { class: `mark-${mark}` }, h('span', { class: 'swatch', 'aria-hidden': 'true' }), texts[i]!));
    for (const [text, kind] of [[isEqual ? t('The clusters have what the files say.') : '', 'equal'], [trouble, 'stale']] as const) {
      if (text === '') continue;
      texts.push(text);
      items.push(h('li', { class: kind }, text));
    }
    this.element.hidden = items.length === 0;
    this.element.replaceChildren(...items);
    return texts.join(', ');
  }
}
