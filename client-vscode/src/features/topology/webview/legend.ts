import { t } from '../../l10n';
import type { Graph, Mark, Source } from '../protocol';
import { h } from './dom';

const OF_DIFFERENCE: Readonly<Record<Mark, string>> = { added: t('only in the files'), changed: t('changed by an apply'), removed: t('only in the clusters') };
const OF_APPLY: Readonly<Record<Mark, string>> = { added: t('new'), changed: t('changed'), removed: t('gone') };
const MARKS: readonly Mark[] = ['added', 'changed', 'removed'];

/** Says what the marks of a drawing mean, and how many there are of each. */
export class Legend {
  readonly element = h('ul', { class: 'legend', 'aria-label': t('Marks'), hidden: true });

  /** @returns the same as a text, for who does not see it */
  show(graph: Graph, source: Source): string {
    const counts = new Map<Mark, number>();
    // A rule comes with the line to it: nodes are counted, and those lines that changed by themselves.
    for (const one of [...graph.nodes, ...graph.edges.filter((edge) => edge.mark === 'changed')]) if (one.mark) counts.set(one.mark, (counts.get(one.mark) ?? 0) + 1);
    const words = source === 'difference' ? OF_DIFFERENCE : OF_APPLY;
    const shown = MARKS.filter((mark) => counts.has(mark));
    const texts = shown.map((mark) => `${counts.get(mark)} ${words[mark]}`);
    const isEqual = source === 'difference' && shown.length === 0 && graph.nodes.length > 0;
    if (isEqual) texts.push(t('The clusters have what the files say.'));
    this.element.hidden = texts.length === 0;
    this.element.replaceChildren(...(isEqual ? [h('li', {}, texts[0]!)] : shown.map((mark, i) => h('li', { class: `mark-${mark}` }, h('span', { class: 'swatch', 'aria-hidden': 'true' }), texts[i]!))));
    return texts.join(', ');
  }
}
