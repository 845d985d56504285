import type { Face, Measure } from '../drawing/cards';

/** Widths of texts in the fonts of the page, remembered. */
export class TextWidths {
  private readonly context = document.createElement('canvas').getContext('2d')!;
  private readonly known = new Map<string, number>();
  private readonly fonts: Readonly<Record<Face, string>>;

  constructor() {
    const style = getComputedStyle(document.body);
    const ui = style.fontFamily;
    const mono = style.getPropertyValue('--vscode-editor-font-family') || 'monospace';
    this.fonts = { title: `600 13px ${ui}`, small: `11px ${ui}`, row: `12px ${mono}` };
  }

  readonly measure: Measure = (text, face) => {
    const key = `${face} ${text}`;
    let width = this.known.get(key);
    if (width === undefined) {
      this.context.font = this.fonts[face];
      width = this.context.measureText(text).width;
      if (this.known.size > 20_000) this.known.clear();
      this.known.set(key, width);
    }
    return width;
  };

  /** The text, or as much of it as has room, with three dots behind. */
  cut(text: string, face: Face, room: number): string {
    if (this.measure(text, face) <= room) return text;
    let [fits, over] = [0, text.length];
    while (over - fits > 1) {
      const middle = (fits + over) >> 1;
      if (this.measure(`${text.slice(0, middle)}…`, face) <= room) fits = middle;
      else over = middle;
    }
    return fits === 0 ? '' : `${text.slice(0, fits)}…`;
  }
}
