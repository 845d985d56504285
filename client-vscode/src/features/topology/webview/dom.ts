/** A few lines in place of a framework. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: never) => void)>>;
type Child = Node | string | undefined | false;

const SVG = 'http://www.w3.org/2000/svg';

function fill(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as unknown as EventListener);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
}

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

export function s<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  fill(element, attributes, children);
  return element;
}

/** Drawn for a square of 16 by 16, in the colour of the text. */
const ICONS = {
  search: 'M10.6 10.6 14 14M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0Z',
  filter: 'M2 3.5h12L9.5 8.8v4.1L6.5 14V8.8L2 3.5Z',
  list: 'M5.5 4H14M5.5 8H14M5.5 12H14M2.2 4h.1M2.2 8h.1M2.2 12h.1',
  graph: 'M2 6h4v4H2zM10 2h4v4h-4zM10 10h4v4h-4zM6 8h2.2c1 0 1-4 1.8-4M8.2 8c1 0 1 4 1.8 4',
  trace: 'M3 13.2a1.4 1.4 0 1 0 0-2.8 1.4 1.4 0 0 0 0 2.8ZM4.4 11.8H10a2.4 2.4 0 0 0 0-4.8H6a2.4 2.4 0 0 1 0-4.8h6.5M10.6.6l2.2 1.6-2.2 1.7',
  export: 'M8 2v8M5 7.2 8 10.2l3-3M2.5 11v2.5h11V11',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  chevron: 'M6 4l4 4-4 4',
  client: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM1.9 8h12.2M8 1.8c4 3.6 4 8.8 0 12.4C4 10.6 4 5.4 8 1.8Z',
  gateway: 'M2.5 14V7.5a5.5 5.5 0 0 1 11 0V14M5.8 14V8.2a2.2 2.2 0 0 1 4.4 0V14M1.5 14h13',
  listenerSet: 'M8 2l6 3-6 3-6-3 6-3ZM2 8l6 3 6-3M2 11l6 3 6-3',
  frontend: 'M8 1.6 13.6 4.8v6.4L8 14.4 2.4 11.2V4.8L8 1.6Z',
  route: 'M2 8h3.5c2.5 0 2-4.5 4.5-4.5h3M5.5 8c2.5 0 2 4.5 4.5 4.5h3M11.5 1.8l1.9 1.7-1.9 1.7M11.5 10.8l1.9 1.7-1.9 1.7',
  serviceImport: 'M8 1.6 13.6 4.8v6.4L8 14.4 2.4 11.2V4.8L8 1.6ZM8 5v5.5M5.8 8.5 8 10.7l2.2-2.2',
  service: 'M8 1.6 13.6 4.8v6.4L8 14.4 2.4 11.2V4.8L8 1.6ZM8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Z',
  other: 'M3 3h10v10H3z',
  externalHost: 'M9.5 2.5h4v4M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4',
  workload: 'M8 1.8 13.5 4.5v7L8 14.2 2.5 11.5v-7L8 1.8ZM2.5 4.5 8 7.3l5.5-2.8M8 7.3v6.9',
  cluster: 'M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z',
  save: 'M2.5 2.5h8.5l2.5 2.5v8.5h-11zM5 2.5v3.5h5V2.5M5 13.5v-4h6v4',
  goto: 'M3 8h9M8.5 4.5 12 8l-3.5 3.5',
} as const;

export type IconName = keyof typeof ICONS;

export const iconPath = (name: string): string => ICONS[(name in ICONS ? name : 'other') as IconName];

export function icon(name: IconName): SVGSVGElement {
  return s('svg', { class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, s('path', { d: iconPath(name) }));
}

export function iconButton(name: IconName, label: string, onclick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick, ...attributes }, icon(name));
}
