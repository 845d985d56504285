// The drawing on the page: only what is seen of it is in the document, however large it is.
import type { Card, Line } from '../drawing/cards';
import type { Frame, Layout, Point } from '../drawing/layout';
import { LEAST } from '../drawing/opening';
import { drawLines, type DrawnLine } from '../drawing/paths';
import type { Ids } from '../drawing/ways';
import type { View } from '../messages';
import { Camera, type Rect } from './camera';
import { s } from './dom';
import { drawCard, drawFrame, drawLabel, drawLine, lookOf } from './figures';
import type { TextWidths } from './text';

/** What is outside of the view by more than this is taken out of the document. */
const MARGIN = 300;
/** Below this scale words can't be read and are left out. */
const FAR = 0.28;

interface CardFigure {
  readonly card: Card;
  readonly place: Point;
  readonly look: string;
  element?: SVGGElement;
}

interface LineFigure {
  readonly drawn: DrawnLine;
  element?: SVGGElement;
  label?: SVGGElement | undefined;
}

export interface Lit {
  /** What stands out; the rest is dimmed. */
  readonly ids: Ids;
  /** True for the way of a request, which moves. */
  readonly isPath: boolean;
}

export class Scene {
  readonly camera: Camera;
  private cards = new Map<string, CardFigure>();
  private lines = new Map<string, LineFigure>();
  private size = { width: 0, height: 0 };
  private lit: Lit | undefined;
  private selected: string | undefined;
  private found: Ids = new Set();
  private rowOwner: ReadonlyMap<string, string> = new Map();
  private readonly world = s('g', { class: 'world' });
  private readonly frames = s('g', { class: 'frames' });
  private readonly lineLayer = s('g', { class: 'lines' });
  private readonly cardLayer = s('g', { class: 'cards' });
  private readonly labelLayer = s('g', { class: 'labels' });

  constructor(
    readonly svg: SVGSVGElement,
    private readonly texts: TextWidths,
    private readonly moved: () => void,
  ) {
    this.world.append(this.frames, this.lineLayer, this.cardLayer, this.labelLayer);
    svg.append(s('defs', {}, s('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 6.5, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto' }, s('path', { class: 'arrow', d: 'M1 1l6 3-6 3z' }))), this.world);
    this.camera = new Camera(svg, () => this.paint());
    new ResizeObserver(() => this.fitAgain()).observe(svg);
  }

  get isEmpty(): boolean {
    return this.cards.size === 0;
  }

  /** Shows another state. What was on the page before glides to where it is now, seen from the middle of the view. */
  show(cards: readonly Card[], lines: readonly Line[], layout: Layout, cardOf: ReadonlyMap<string, string>): void {
    const anchor = this.anchor();
    this.rowOwner = cardOf;
    const before = this.cards;
    this.cards = new Map();
    for (const card of cards) {
      const place = layout.places[card.id];
      if (!place) continue;
      const look = lookOf(card);
      const known = before.get(card.id);
      before.delete(card.id);
      if (known?.element && known.look !== look) this.replace(known, card);
      this.cards.set(card.id, { card, place, look, ...(known?.element ? { element: known.element } : {}) });
    }
    for (const gone of before.values()) gone.element?.remove();

    const previous = this.lines;
    this.lines = new Map();
    for (const drawn of drawLines(cards, lines.filter((line) => !line.isBack || this.lit?.ids.has(line.id)), layout, (label) => this.texts.measure(label, 'small') + 16)) {
      this.lines.set(drawn.line.id, { drawn });
    }
    for (const gone of previous.values()) {
      gone.element?.remove();
      gone.label?.remove();
    }
    this.frames.replaceChildren(...layout.frames.map((frame: Frame) => drawFrame(frame)));
    const wasEmpty = this.size.width === 0;
    this.size = { width: layout.width, height: layout.height };
    const now = anchor && this.cards.get(anchor.id)?.place;
    if (anchor && now) this.camera.set(this.camera.x + (anchor.place.x - now.x) * this.camera.scale, this.camera.y + (anchor.place.y - now.y) * this.camera.scale, this.camera.scale);
    if (wasEmpty) this.camera.open(this.size.width, this.size.height);
    this.paint();
  }

  fit(animate = false): void {
    this.camera.fit(this.size.width, this.size.height, animate);
  }

  /** Shows it from where it was seen before; as it begins where nothing would be seen from there. */
  restore(view: View): void {
    this.camera.view = view;
    const { left, top, right, bottom } = this.camera.seen(0);
    const isSeen = [...this.cards.values()].some(({ card, place }) => place.x < right && place.x + card.width > left && place.y < bottom && place.y + card.height > top);
    if (!isSeen) this.camera.view = { ...view, by: 'open' };
    this.fitAgain();
  }

  /** What is fitted to the view is so in one of another size, too. */
  private fitAgain(): void {
    const { by } = this.camera.view;
    if (by === 'open') this.camera.open(this.size.width, this.size.height);
    else if (by === 'all') this.fit();
    this.paint();
  }

  light(lit: Lit | undefined): void {
    this.lit = lit;
    this.svg.classList.toggle('has-path', lit?.isPath === true);
    for (const figure of this.cards.values()) this.mark(figure);
    for (const figure of this.lines.values()) this.markLine(figure);
  }

  select(id: string | undefined): void {
    const before = this.selected;
    this.selected = id;
    for (const one of [before, id]) {
      const figure = one === undefined ? undefined : this.cards.get(this.rowOwner.get(one) ?? one);
      if (figure) this.mark(figure);
    }
  }

  find(ids: Ids): void {
    this.found = ids;
    for (const figure of this.cards.values()) this.mark(figure);
  }

  /** Brings an element into view and, if wanted, the keyboard to it. */
  reveal(id: string, focus: boolean, animate = true): void {
    const figure = this.cards.get(this.rowOwner.get(id) ?? id);
    if (!figure) return;
    this.camera.show({ ...figure.place, width: figure.card.width, height: Math.min(figure.card.height, 300) }, animate);
    if (!figure.element) this.enter(figure);
    if (focus) this.buttonOf(id)?.focus({ preventScroll: true });
  }

  /** Brings all of them into view, if they have room there; else those that matter most. */
  revealAll(ids: Ids, most: Ids = ids): void {
    const [all, core] = [this.around(ids), this.around(most)];
    if (all && this.camera.scaleOf(all) >= LEAST) this.camera.frame(all, LEAST);
    else if (core) this.camera.frame(core, LEAST);
  }

  private around(ids: Ids): Rect | undefined {
    const seen = [...this.cards.values()].filter(({ card }) => ids.has(card.id) || card.rows.some((row) => ids.has(row.id)));
    if (seen.length === 0) return undefined;
    const left = Math.min(...seen.map(({ place }) => place.x));
    const top = Math.min(...seen.map(({ place }) => place.y));
    const right = Math.max(...seen.map(({ card, place }) => place.x + card.width));
    const bottom = Math.max(...seen.map(({ card, place }) => place.y + card.height));
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  /** What has the keyboard for an element. */
  buttonOf(id: string): SVGElement | null {
    const figure = this.cards.get(this.rowOwner.get(id) ?? id);
    return figure?.element?.querySelector<SVGElement>(`[data-id="${CSS.escape(id)}"] > [role='button']`) ?? null;
  }

  card(id: string): Card | undefined {
    return this.cards.get(this.rowOwner.get(id) ?? id)?.card;
  }

  placeOf(id: string): Point | undefined {
    return this.cards.get(id)?.place;
  }

  allCards(): Card[] {
    return [...this.cards.values()].map((figure) => figure.card);
  }

  drawnLine(id: string): DrawnLine | undefined {
    return this.lines.get(id)?.drawn;
  }

  /** The whole drawing, also what is not seen, for a file. */
  copy(): SVGSVGElement {
    const whole = s('g', { class: 'world' });
    const cards = [...this.cards.values()].map(({ card, place }) => {
      const element = drawCard(card, this.texts);
      element.setAttribute('transform', `translate(${place.x} ${place.y})`);
      return element;
    });
    const lines = [...this.lines.values()];
    whole.append(
      this.frames.cloneNode(true),
      s('g', { class: 'lines' }, ...lines.map(({ drawn }) => drawLine(drawn))),
      s('g', { class: 'cards' }, ...cards),
      s('g', { class: 'labels' }, ...lines.map(({ drawn }) => drawLabel(drawn))),
    );
    const { width, height } = this.size;
    return s('svg', { width: Math.ceil(width), height: Math.ceil(height), viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}` }, this.svg.querySelector('defs')!.cloneNode(true), whole);
  }

  /** The card nearest to the middle of the view: it stays where it is when others come and go. */
  private anchor(): { id: string; place: Point } | undefined {
    const { left, top, right, bottom } = this.camera.seen(0);
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    let best: { id: string; place: Point; far: number } | undefined;
    const focused = document.activeElement?.closest<SVGGElement>('[data-id]')?.dataset.id;
    for (const [id, { card, place }] of this.cards) {
      const far = id === focused || this.rowOwner.get(focused ?? '') === id ? -1 : Math.hypot(place.x + card.width / 2 - middle.x, place.y + card.height / 2 - middle.y);
      if (!best || far < best.far) best = { id, place, far };
    }
    return best;
  }

  private replace(known: CardFigure, card: Card): void {
    const focused = known.element!.contains(document.activeElement) ? document.activeElement!.closest<SVGGElement>('[data-id]')?.dataset.id : undefined;
    const next = drawCard(card, this.texts);
    next.style.transform = known.element!.style.transform;
    known.element!.replaceWith(next);
    known.element = next;
    if (focused !== undefined) next.querySelector<SVGElement>(`[data-id="${CSS.escape(focused)}"] > [role='button']`)?.focus({ preventScroll: true });
  }

  private enter(figure: CardFigure): void {
    figure.element = drawCard(figure.card, this.texts);
    this.cardLayer.append(figure.element);
    this.mark(figure);
  }

  private paint(): void {
    const { x, y, scale } = this.camera;
    this.world.setAttribute('transform', `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`);
    this.svg.classList.toggle('far', scale < FAR);
    const seen = this.camera.seen(MARGIN);
    for (const figure of this.cards.values()) {
      const { card, place } = figure;
      const isSeen = place.x < seen.right && place.x + card.width > seen.left && place.y < seen.bottom && place.y + card.height > seen.top;
      if (isSeen && !figure.element) this.enter(figure);
      else if (!isSeen && figure.element && !figure.element.contains(document.activeElement)) {
        figure.element.remove();
        delete figure.element;
      }
      if (figure.element) figure.element.style.transform = `translate(${place.x}px, ${place.y}px)`;
    }
    for (const figure of this.lines.values()) {
      const { bounds } = figure.drawn;
      const isSeen = bounds.x < seen.right && bounds.x + bounds.width > seen.left && bounds.y < seen.bottom && bounds.y + bounds.height > seen.top;
      if (isSeen && !figure.element) {
        figure.element = drawLine(figure.drawn);
        figure.label = drawLabel(figure.drawn);
        this.lineLayer.append(figure.element);
        if (figure.label) this.labelLayer.append(figure.label);
        this.markLine(figure);
      } else if (!isSeen && figure.element) {
        figure.element.remove();
        figure.label?.remove();
        delete figure.element;
        delete figure.label;
      }
    }
    this.moved();
  }

  private mark({ card, element }: CardFigure): void {
    if (!element) return;
    const ids = [card.id, ...card.rows.map((row) => row.id)];
    const isLit = !this.lit || ids.some((id) => this.lit!.ids.has(id));
    element.classList.toggle('dim', !isLit);
    element.classList.toggle('lit', this.lit !== undefined && isLit);
    for (const part of element.querySelectorAll<SVGGElement>('[data-id]')) {
      const id = part.dataset.id!;
      part.classList.toggle('selected', id === this.selected);
      part.classList.toggle('found', this.found.has(id));
      part.classList.toggle('dim', isLit && this.lit?.isPath === true && part.classList.contains('row') && !this.lit.ids.has(id));
      part.classList.toggle('on-path', this.lit?.isPath === true && this.lit.ids.has(id));
    }
    element.classList.toggle('is-selected', this.selected === card.id);
    element.classList.toggle('is-found', this.found.has(card.id));
  }

  private markLine({ drawn, element, label }: LineFigure): void {
    const isLit = !this.lit || this.lit.ids.has(drawn.line.id);
    for (const part of [element, label]) {
      part?.classList.toggle('dim', !isLit);
      part?.classList.toggle('lit', this.lit !== undefined && isLit);
      part?.classList.toggle('flow', this.lit?.isPath === true && isLit);
    }
    if (this.lit && isLit && element) this.lineLayer.append(element); // above those that are dimmed
  }
}
