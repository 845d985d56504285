// SVG of single cards, lines and frames.
import { t } from '../../l10n';
import { HEADER, ROW, kindName, type Card, type Row } from '../drawing/cards';
import type { Frame } from '../drawing/layout';
import type { DrawnLine } from '../drawing/paths';
import type { Mark, State } from '../protocol';
import { iconPath, s } from './dom';
import type { TextWidths } from './text';

const STATES: Readonly<Record<State, string>> = { ok: '', unknown: t('not known'), warning: t('warning'), error: t('problem') };
const MARKS: Readonly<Record<Mark, string>> = { added: t('new'), removed: t('gone'), changed: t('changed') };

/** A card or row in words, for who does not see it. */
export function spoken(what: string, state: State, mark?: Mark): string {
  return [what, STATES[state], mark ? MARKS[mark] : ''].filter(Boolean).join(', ');
}

function badge(state: State, x: number, y: number): SVGGElement | undefined {
  if (state !== 'error' && state !== 'warning') return undefined;
  const sign = state === 'error' ? s('path', { d: 'M-2.4-2.4 2.4 2.4M2.4-2.4-2.4 2.4' }) : s('path', { d: 'M0-3.2V.8M0 3.1v.1' });
  const shape = state === 'error' ? s('circle', { r: 7 }) : s('path', { class: 'shape', d: 'M0-7.5 7.8 6.3H-7.8Z' });
  return s('g', { class: `badge ${state}`, transform: `translate(${x} ${y})`, 'aria-hidden': 'true' }, shape, sign);
}

function row(card: Card, one: Row, i: number, texts: TextWidths): SVGGElement {
  const y = HEADER + i * ROW;
  const room = card.width - 40 - (one.state === 'error' || one.state === 'warning' ? 18 : 0);
  const detail = one.detail === '' ? '' : texts.cut(one.detail, 'small', Math.max(60, room - Math.min(texts.measure(one.text, 'row'), room * 0.6) - 12));
  const text = texts.cut(one.text, 'row', room - (detail ? texts.measure(detail, 'small') + 12 : 0));
  return s(
    'g',
    { class: `row state-${one.state}${one.node?.mark ? ` mark-${one.node.mark}` : ''}`, 'data-id': one.id },
    button({ x: 1, y, width: card.width - 2, height: ROW }, spoken(`${one.node ? kindName(one.node) : ''} ${one.text} ${one.detail}`.trim(), one.state, one.node?.mark)),
    s('text', { 'aria-hidden': 'true', class: 'row-text', x: 14, y: y + 16 }, text),
    detail !== '' && s('text', { 'aria-hidden': 'true', class: 'small', x: card.width - 14 - (room < card.width - 40 ? 18 : 0), y: y + 16, 'text-anchor': 'end' }, detail),
    badge(one.state, card.width - 15, y + ROW / 2),
    s('circle', { class: 'port', cx: card.width, cy: y + ROW / 2, r: 3 }),
  );
}

/** What is clicked and has the keyboard; the words that are seen may be cut, those that are heard are not. */
const button = (place: Readonly<Record<string, number>>, label: string) => s('rect', { class: 'hit', ...place, role: 'button', tabindex: -1, 'aria-label': label });

export function drawCard(card: Card, texts: TextWidths): SVGGElement {
  const hasSign = card.state === 'error' || card.state === 'warning';
  const canFold = card.rows.length > 0 || card.folded > 0;
  const room = card.width - 48 - 12 - (hasSign ? 20 : 0) - (canFold ? 16 : 0);
  const name = `${kindName(card.node)} ${card.title}`;
  const classes = ['card', `kind-${card.node.kind}`, `state-${card.state}`, `is-${card.node.presence}`, card.node.mark && `mark-${card.node.mark}`];
  const head = s(
    'g',
    { class: 'head', 'data-id': card.id },
    button({ x: 1, y: 1, width: card.width - 2, height: HEADER - 2, rx: 7 }, spoken([card.title, card.subtitle, card.node.namespace && t('namespace {0}', card.node.namespace)].filter(Boolean).join(', '), card.state, card.node.mark)),
    s('rect', { class: 'tile', x: 10, y: 10, width: 28, height: 28, rx: 7 }),
    s('path', { class: 'glyph', d: iconPath(card.node.kind), transform: 'translate(16 16)' }),
    s('text', { 'aria-hidden': 'true', class: 'title', x: 48, y: 21 }, texts.cut(card.title, 'title', room)),
    s('text', { 'aria-hidden': 'true', class: 'small', x: 48, y: 37 }, texts.cut(card.subtitle, 'small', card.width - 48 - 12)),
    badge(card.state, card.width - 18 - (canFold ? 16 : 0), 17),
  );
  return s(
    'g',
    { class: classes.filter(Boolean).join(' '), role: 'group', 'aria-label': name },
    s('rect', { class: 'box', width: card.width, height: card.height, rx: 8 }),
    head,
    canFold &&
      s(
        'g',
        { class: `fold${card.folded > 0 ? ' folded' : ''}`, 'data-fold': card.id, transform: `translate(${card.width - 24} 9)`, 'aria-hidden': 'true' },
        s('rect', { class: 'hit', width: 16, height: 16, rx: 3 }),
        s('path', { d: 'M6 4l4 4-4 4', transform: card.folded > 0 ? '' : 'rotate(90 8 8)' }),
      ),
    card.rows.length > 0 && s('path', { class: 'rule', d: `M0 ${HEADER - 0.5}H${card.width}` }),
    ...card.rows.map((one, i) => row(card, one, i, texts)),
    card.folded > 0 && s('text', { 'aria-hidden': 'true', class: 'small', x: card.width - 14, y: 37, 'text-anchor': 'end' }, t('{0} hidden', card.folded)),
  );
}

/** What tells whether a card has to be drawn anew. */
export const lookOf = (card: Card): string =>
  JSON.stringify([card.title, card.subtitle, card.state, card.width, card.folded, card.node.presence, card.node.mark, card.rows.map((one) => [one.id, one.text, one.detail, one.state, one.node?.mark])]);

export function drawLine(drawn: DrawnLine): SVGGElement {
  const { edge, weight } = drawn.line;
  const width = edge.kind === 'sends' ? 1.2 + 2 * weight : 1.4;
  const isNone = edge.share !== undefined && edge.share.part === 0;
  const classes = ['line', `kind-${edge.kind}`, `state-${edge.state}`, edge.mark && `mark-${edge.mark}`, isNone && 'is-none'];
  return s(
    'g',
    { class: classes.filter(Boolean).join(' '), 'data-id': edge.id, 'aria-hidden': 'true' },
    s('path', { class: 'touch', d: drawn.path }),
    s('path', { class: 'stroke', d: drawn.path, 'stroke-width': width.toFixed(2), 'marker-end': 'url(#arrow)' }),
  );
}

export function drawLabel(drawn: DrawnLine): SVGGElement | undefined {
  if (!drawn.label) return undefined;
  const { edge } = drawn.line;
  const { x, y, width } = drawn.label;
  return s(
    'g',
    { class: ['label', `kind-${edge.kind}`, `state-${edge.state}`, edge.share?.part === 0 && 'is-none'].filter(Boolean).join(' '), 'data-id': edge.id, transform: `translate(${x} ${y})`, 'aria-hidden': 'true' },
    s('rect', { x: -width / 2, y: -9, width, height: 18, rx: 9 }),
    s('text', { 'aria-hidden': 'true', class: 'small', y: 4, 'text-anchor': 'middle' }, drawn.line.label),
  );
}

export function drawFrame(frame: Frame): SVGGElement {
  const [before = '', after = ''] = (frame.kind === 'cluster' ? t('cluster {0}') : t('namespace {0}')).split('{0}');
  return s(
    'g',
    { class: `frame ${frame.kind}`, transform: `translate(${frame.x} ${frame.y})`, 'aria-hidden': 'true' },
    s('rect', { width: frame.width, height: frame.height, rx: 12 }),
    s('text', { x: 14, y: 19 }, s('tspan', { class: 'word' }, before), s('tspan', { class: 'name' }, frame.name), s('tspan', { class: 'word' }, after)),
  );
}

