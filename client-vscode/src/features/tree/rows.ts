import type { Node } from './node';

interface Known<T> {
  readonly node: Node<T>;
  readonly parent: Node<T> | undefined;
  /** The row itself, with which rows are below it but not what they say. */
  readonly text: string;
}

/**
 * The rows of a view. A row stays the same object from one state to the next, by its id: the editor knows rows by their objects, so only what
 * is different is drawn again. While a row is drawn again, what the user clicks in it leads nowhere; in a busy cluster that would be often.
 */
export class Rows<T> {
  private known = new Map<string, Known<T>>();
  private top: readonly Node<T>[] = [];

  get roots(): readonly Node<T>[] {
    return this.top;
  }

  /** Takes a new state over. @returns the rows to draw again, each with those below it; undefined stands for all. */
  take(roots: readonly Node<T>[]): readonly Node<T>[] | undefined {
    const before = this.known;
    const isSameTop = roots.map(({ id }) => id).join('\n') === this.top.map(({ id }) => id).join('\n');
    this.known = new Map();
    const changed: Node<T>[] = [];
    this.top = roots.map((root) => this.keep(root, undefined, before, changed));
    return isSameTop ? changed : undefined;
  }

  find(id: string): Node<T> | undefined {
    return this.known.get(id)?.node;
  }

  parent(node: Node<T>): Node<T> | undefined {
    return this.known.get(node.id)?.parent;
  }

  /** @param changed where to note what is different; undefined where a row above is noted already */
  private keep(node: Node<T>, parent: Node<T> | undefined, before: ReadonlyMap<string, Known<T>>, changed: Node<T>[] | undefined): Node<T> {
    const old = before.get(node.id);
    const text = JSON.stringify({ ...node, children: node.children?.map(({ id }) => id) });
    const isSame = old?.text === text;
    const kept: Record<string, unknown> = (old?.node ?? {}) as Record<string, unknown>;
    const own = kept as unknown as Node<T>;
    this.known.set(node.id, { node: own, parent, text });
    const children = node.children?.map((child) => this.keep(child, own, before, isSame ? changed : undefined));
    for (const key of Object.keys(kept)) delete kept[key];
    Object.assign(kept, node, children && { children });
    if (!isSame) changed?.push(own);
    return own;
  }
}
