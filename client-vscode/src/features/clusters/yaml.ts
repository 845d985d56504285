/** A YAML document among those of a text: lines from `start` up to and without `end`. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** There is nothing else in the text. */
  readonly isAll: boolean;
}

const SEPARATOR = /^---(\s|$)/;

/** The document of a text that has the line (counted from 0), without the separators around it. */
export function documentAt(text: string, line: number): Part {
  const lines = text.split(/\r?\n/);
  let start = 0;
  let end = lines.length;
  for (let i = 0; i < lines.length; i++) {
    if (!SEPARATOR.test(lines[i]!)) continue;
    if (i <= line) start = i + 1;
    else {
      end = i;
      break;
    }
  }
  const rest = [...lines.slice(0, start), ...lines.slice(end)].filter((one) => !SEPARATOR.test(one) && !/^\s*(#.*)?$/.test(one));
  return { start, end, text: `${lines.slice(start, end).join('\n').trimEnd()}\n`, isAll: rest.length === 0 };
}

/** The lines of a top-level key of a document that we wrote ourselves, with the key; empty where it has none. */
export function section(yaml: string, key: string): string {
  const lines = yaml.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (start < 0) return '';
  let end = start + 1;
  while (end < lines.length && /^(\s|-\s|$)/.test(lines[end]!)) end++;
  return `${lines.slice(start, end).join('\n').trimEnd()}\n`;
}

/** A file's name that says what is in it. */
export const fileName = (ref: { readonly kind: string; readonly namespace: string; readonly name: string }) =>
  `${[ref.namespace, ref.kind.toLowerCase(), ref.name].filter(Boolean).join('-').replace(/[^\w.-]+/g, '-')}.yaml`;

/** A text with another document at its end. */
export function appended(text: string, document: string): string {
  const own = text.trimEnd();
  return own === '' ? document : `${own}\n---\n${document}`;
}
