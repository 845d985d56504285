import { EDGE, openingScale } from '../drawing/opening';
import type { View } from '../messages';

/** Room around what is framed, and that of the zoom buttons below. */
const PAD = 28;
const BUTTONS = 30;

const SMALLEST = 0.04;

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What part of the drawing is seen, and how large: moved by wheel, drag, fingers and the buttons. */
export class Camera {
  x = 0;
  y = 0;
  scale = 1;
  private by: View['by'] = 'open';
  private request = 0;
  private glide = 0;

  constructor(
    private readonly svg: SVGSVGElement,
    private readonly changed: () => void,
  ) {
    svg.addEventListener('wheel', (e) => this.wheel(e), { passive: false });
    svg.addEventListener('pointerdown', (e) => this.press(e));
  }

  get width(): number {
    return this.svg.clientWidth;
  }

  get height(): number {
    return this.svg.clientHeight;
  }

  get view(): View {
    const { x, y, scale, by } = this;
    return { x, y, scale, by };
  }

  /** Shows it as it was; for one that is fitted see {@link open} and {@link fit}. */
  set view({ x, y, scale, by }: View) {
    this.by = by;
    this.set(x, y, scale);
  }

  /** The part of the drawing that is seen, with a margin, in its own units. */
  seen(margin: number): { left: number; top: number; right: number; bottom: number } {
    const m = margin / this.scale;
    return { left: -this.x / this.scale - m, top: -this.y / this.scale - m, right: (this.width - this.x) / this.scale + m, bottom: (this.height - this.y) / this.scale + m };
  }

  moveBy(dx: number, dy: number): void {
    this.by = 'hand';
    this.set(this.x + dx, this.y + dy, this.scale);
  }

  zoomBy(factor: number, atX = this.width / 2, atY = this.height / 2): void {
    const scale = Math.min(2.5, Math.max(SMALLEST, this.scale * factor));
    const k = scale / this.scale;
    this.by = 'hand';
    this.set(atX - (atX - this.x) * k, atY - (atY - this.y) * k, scale);
  }

  /** Shows a drawing as it begins: see {@link openingScale}. */
  open(width: number, height: number): void {
    this.by = 'open';
    this.fitAt(width, height, openingScale(this, { width, height }), false);
  }

  /** Shows all of the drawing, never larger than life. */
  fit(width: number, height: number, animate = false): void {
    this.by = 'all';
    this.fitAt(width, height, Math.min(1, Math.max(SMALLEST, Math.min((this.width - 2 * EDGE) / width, (this.height - 2 * EDGE) / height))), animate);
  }

  private fitAt(width: number, height: number, scale: number, animate: boolean): void {
    if (width <= 0 || height <= 0 || this.width === 0) return;
    const at = (size: number, room: number) => EDGE + Math.max(0, (room - 2 * EDGE - size * scale) / 2);
    this.glideTo(at(width, this.width), at(height, this.height), scale, animate);
  }

  /** Shows a rectangle as large as can be, in the middle. */
  frame(rect: Rect, least: number): void {
    this.by = 'led';
    const scale = Math.min(1, Math.max(least, this.scaleOf(rect)));
    const at = (start: number, size: number, room: number) => Math.max(PAD, (room - size * scale) / 2) - start * scale;
    this.glideTo(at(rect.x, rect.width, this.width), at(rect.y, rect.height, this.height - BUTTONS), scale, true);
  }

  /** The scale at which a rectangle just has room. */
  scaleOf(rect: Rect): number {
    return Math.min((this.width - 2 * PAD) / rect.width, (this.height - BUTTONS - 2 * PAD) / rect.height);
  }

  /** Brings a rectangle into view, moving no more than needed. */
  show(rect: Rect, animate: boolean): void {
    this.by = 'led';
    const scale = Math.max(this.scale, 0.5);
    const [left, top] = [rect.x * scale, rect.y * scale];
    const margin = 40;
    const inside = (at: number, size: number, from: number, room: number) => (from + at < margin ? margin - at : from + at + size > room - margin ? room - margin - at - size : from);
    if (scale === this.scale) this.glideTo(inside(left, rect.width * scale, this.x, this.width), inside(top, rect.height * scale, this.y, this.height), scale, animate);
    else this.glideTo(this.width / 2 - left - (rect.width * scale) / 2, this.height / 2 - top - (rect.height * scale) / 2, scale, animate);
  }

  set(x: number, y: number, scale: number): void {
    cancelAnimationFrame(this.glide);
    this.put(x, y, scale);
  }

  private put(x: number, y: number, scale: number): void {
    Object.assign(this, { x, y, scale });
    if (this.request === 0) {
      this.request = requestAnimationFrame(() => {
        this.request = 0;
        this.changed();
      });
    }
  }

  private glideTo(x: number, y: number, scale: number, animate: boolean): void {
    cancelAnimationFrame(this.glide);
    if (!animate || matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion')) return this.put(x, y, scale);
    const from = { x: this.x, y: this.y, scale: this.scale };
    const start = performance.now();
    const step = (now: number) => {
      const t = Math.min(1, (now - start) / 220);
      const e = 1 - (1 - t) ** 3;
      this.put(from.x + (x - from.x) * e, from.y + (y - from.y) * e, from.scale + (scale - from.scale) * e);
      if (t < 1) this.glide = requestAnimationFrame(step);
    };
    this.glide = requestAnimationFrame(step);
  }

  private wheel(e: WheelEvent): void {
    e.preventDefault();
    const box = this.svg.getBoundingClientRect();
    // A touchpad tells of fingers in small steps or both ways at once; a wheel does not.
    const isTouchpad = !e.ctrlKey && e.deltaMode === 0 && (e.deltaX !== 0 || Math.abs(e.deltaY) < 40);
    if (e.shiftKey && !e.ctrlKey) this.moveBy(-(e.deltaX || e.deltaY), 0);
    else if (isTouchpad) this.moveBy(-e.deltaX, -e.deltaY);
    else this.zoomBy(Math.exp(-e.deltaY * (e.ctrlKey ? 0.01 : 0.0016)), e.clientX - box.left, e.clientY - box.top);
  }

  private readonly fingers = new Map<number, { x: number; y: number }>();

  private press(e: PointerEvent): void {
    if (e.pointerType === 'mouse' && e.button > 1) return;
    const start = { x: e.clientX, y: e.clientY };
    let isDrag = false;
    this.fingers.set(e.pointerId, start);
    const move = (now: PointerEvent) => {
      if (now.pointerId !== e.pointerId) return;
      const before = this.fingers.get(e.pointerId)!;
      const point = { x: now.clientX, y: now.clientY };
      if (!isDrag && Math.hypot(point.x - start.x, point.y - start.y) < 4) return;
      if (!isDrag) {
        isDrag = true;
        this.svg.setPointerCapture(e.pointerId); // only now: a click must reach what it is on
        this.svg.classList.add('dragged');
      }
      const other = [...this.fingers].find(([id]) => id !== e.pointerId)?.[1];
      if (other) {
        const box = this.svg.getBoundingClientRect();
        this.zoomBy(Math.hypot(point.x - other.x, point.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y)), other.x - box.left, other.y - box.top);
      } else {
        this.moveBy(point.x - before.x, point.y - before.y);
      }
      this.fingers.set(e.pointerId, point);
    };
    const end = (now: PointerEvent) => {
      if (now.pointerId !== e.pointerId) return;
      this.fingers.delete(e.pointerId);
      this.svg.classList.remove('dragged');
      if (isDrag) this.svg.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
      if (isDrag) setTimeout(() => this.svg.dispatchEvent(new Event('dragdone')), 0);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  }
}
