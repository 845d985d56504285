// Lines between cards as SVG paths, and where their labels go.
import type { Card, Line } from './cards';
import type { Layout, Point } from './layout';

export interface DrawnLine {
  readonly line: Line;
  readonly path: string;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly label?: Point & { readonly width: number };
}

interface Curve {
  readonly a: Point;
  readonly b: Point;
}

const round = (n: number) => Math.round(n * 10) / 10;
const pull = (curve: Curve) => Math.max(28, Math.abs(curve.b.x - curve.a.x) * 0.5);

function bezier({ a, b }: Curve, t: number): Point {
  const k = pull({ a, b });
  const u = 1 - t;
  const mix = (p0: number, p1: number, p2: number, p3: number) => u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
  return { x: mix(a.x, a.x + k, b.x - k, b.x), y: mix(a.y, a.y, b.y, b.y) };
}

function curvesOf(line: Line, layout: Layout, widths: ReadonlyMap<string, Card>): { curves: Curve[]; path: string } | undefined {
  const [from, to] = [layout.places[line.from], layout.places[line.to]];
  const card = widths.get(line.from);
  if (!from || !to || !card) return undefined;
  let at: Point = { x: from.x + card.width, y: from.y + line.fromY };
  const end: Point = { x: to.x - 3, y: to.y + line.toY };
  const curves: Curve[] = [];
  let path = `M${round(at.x)} ${round(at.y)}`;
  const curveTo = (next: Point) => {
    const k = pull({ a: at, b: next });
    curves.push({ a: at, b: next });
    path += `C${round(at.x + k)} ${round(at.y)} ${round(next.x - k)} ${round(next.y)} ${round(next.x)} ${round(next.y)}`;
    at = next;
  };
  for (const bend of layout.bends[line.id] ?? []) {
    curveTo({ x: bend.x, y: bend.y });
    at = { x: bend.x + bend.width, y: bend.y };
    path += `H${round(at.x)}`;
  }
  curveTo(end);
  return { curves, path };
}

/** Places on a line for its label: where it runs straight through a column, else on its curve; the best first. */
function spotsOf(line: Line, curves: readonly Curve[], layout: Layout): Point[] {
  const bend = layout.bends[line.id]?.[0];
  return bend ? STRAIGHT.map((t) => ({ x: bend.x + bend.width * t, y: bend.y })) : SPOTS.map((t) => bezier(curves[0]!, t));
}

const STRAIGHT = [0.2, 0.45, 0.7, 0.95];
const SPOTS = [0.5, 0.62, 0.38, 0.72, 0.28, 0.8, 0.2];
const LABEL_HEIGHT = 18;

/** @param labelWidth of a label's text, its pill included */
export function drawLines(cards: readonly Card[], lines: readonly Line[], layout: Layout, labelWidth: (label: string) => number): DrawnLine[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  // Labels that are placed already, by stripes of the page, so that each is compared with few.
  const stripes = new Map<number, { x: number; y: number; width: number }[]>();
  const drawn: DrawnLine[] = [];
  for (const line of lines) {
    const made = curvesOf(line, layout, byId);
    if (!made) continue;
    const { curves, path } = made;
    const xs = curves.flatMap(({ a, b }) => [a.x, b.x]);
    const ys = curves.flatMap(({ a, b }) => [a.y, b.y]);
    const bounds = { x: Math.min(...xs) - 40, y: Math.min(...ys) - 12, width: Math.max(...xs) - Math.min(...xs) + 80, height: Math.max(...ys) - Math.min(...ys) + 24 };
    if (line.label === '' || line.isBack) {
      drawn.push({ line, path, bounds });
      continue;
    }
    const width = labelWidth(line.label);
    const spots = spotsOf(line, curves, layout);
    const clear = (p: Point) => near(stripes, p.y).every((o) => Math.abs(o.y - p.y) >= LABEL_HEIGHT + 1 || Math.abs(o.x - p.x) >= (o.width + width) / 2 + 3);
    const spot = spots.find(clear) ?? spots[0]!;
    const label = { x: round(spot.x), y: round(spot.y), width };
    const stripe = Math.floor(spot.y / 64);
    stripes.set(stripe, [...(stripes.get(stripe) ?? []), label]);
    drawn.push({ line, path, bounds, label });
  }
  return drawn;
}

function near(stripes: ReadonlyMap<number, { x: number; y: number; width: number }[]>, y: number): { x: number; y: number; width: number }[] {
  const at = Math.floor(y / 64);
  return [at - 1, at, at + 1].flatMap((i) => stripes.get(i) ?? []);
}
