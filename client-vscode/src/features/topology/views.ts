import type { Memento } from 'vscode';
import type { View } from './messages';
import type { Source } from './protocol';

const KEY = 'topologyViews';

/** So many drawings are remembered; those that were left longest ago go first. */
const MAX = 40;

/** How the user left the drawings of this workspace, for when they are opened again. */
export class Views {
  constructor(private readonly memory: Memento) {}

  of(source: Source, about: string): View | undefined {
    return this.all().find(([name]) => name === `${source} ${about}`)?.[1];
  }

  keep(source: Source, about: string, view: View): void {
    const name = `${source} ${about}`;
    void this.memory.update(KEY, [...this.all().filter(([one]) => one !== name), [name, view]].slice(-MAX));
  }

  private all(): readonly (readonly [string, View])[] {
    return this.memory.get<readonly (readonly [string, View])[]>(KEY, []);
  }
}
