import { refText, type LiveObject } from './protocol';

interface Seen {
  readonly label: string;
  readonly objects: readonly LiveObject[];
}

/** Files of the workspace with objects that are not well in a cluster, and which and where; at most three are named. */
export function badFiles(clusters: readonly Seen[], spell: (uri: string) => string): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const { label, objects } of clusters) {
    for (const one of objects) {
      if (one.state !== 'bad' || !one.location) continue;
      const uri = spell(one.location.uri);
      const known = files.get(uri) ?? [];
      if (known.length < 3) known.push(`${refText(one)}, ${label}${one.summary === '' ? '' : `: ${one.summary}`}`);
      files.set(uri, known);
    }
  }
  return files;
}
