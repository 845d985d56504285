// Arrows walk along the lines and through columns, as the eye does.
import type { Line } from '../drawing/cards';
import type { Scene } from './scene';

/** Where an arrow leads from a card or row; undefined where nothing is. */
export function neighbour(scene: Scene, lines: readonly Line[], id: string, key: string): string | undefined {
  const card = scene.card(id);
  if (!card) return undefined;
  const parts = [card.id, ...card.rows.filter((row) => row.node).map((row) => row.id)];
  const at = parts.indexOf(id);
  if (key === 'ArrowRight') {
    const onward = lines.filter((line) => !line.isBack && line.from === card.id && (line.edge.from === id || id === card.id));
    return pick(onward.map((line) => line.edge.to), scene) ?? (at === 0 ? parts[1] : undefined);
  }
  if (key === 'ArrowLeft') {
    if (at > 0) return card.id;
    return pick(lines.filter((line) => !line.isBack && line.to === card.id).map((line) => line.edge.from), scene);
  }
  const step = key === 'ArrowDown' ? 1 : -1;
  if (at + step >= 0 && at + step < parts.length) return parts[at + step];
  const column = scene.allCards().filter((one) => one.column === card.column).map((one) => ({ one, y: scene.placeOf(one.id)!.y })).sort((a, b) => a.y - b.y);
  const next = column[column.findIndex(({ one }) => one.id === card.id) + step]?.one;
  if (!next) return undefined;
  return step === 1 ? next.id : next.rows.filter((row) => row.node).at(-1)?.id ?? next.id;
}

/** The uppermost of them. */
function pick(ids: readonly string[], scene: Scene): string | undefined {
  const y = (id: string) => scene.placeOf(scene.card(id)?.id ?? '')?.y ?? Infinity;
  return ids.length === 0 ? undefined : ids.reduce((a, b) => (y(b) < y(a) ? b : a));
}
