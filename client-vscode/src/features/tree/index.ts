import {
  EventEmitter, Position, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCheckboxState, TreeItemCollapsibleState, Uri,
  type Disposable, type TreeDataProvider,
} from 'vscode';
import { find, type Icon, type Node } from './node';

/** Shows rows that are made elsewhere. */
export class NodeTree<T> implements TreeDataProvider<Node<T>>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  private readonly parents = new Map<string, Node<T>>();
  private current: readonly Node<T>[] = [];
  private shown = '';

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly images: Uri) {}

  /** Draws anew only where something is different: rows that are drawn again lose the pointer's hover. */
  set(roots: readonly Node<T>[]): void {
    const text = JSON.stringify(roots);
    if (text === this.shown) return;
    this.shown = text;
    this.current = roots;
    this.parents.clear();
    for (const root of roots) this.adopt(root);
    this.changed.fire(undefined);
  }

  find(id: string): Node<T> | undefined {
    return find(this.current, id);
  }

  getChildren(node?: Node<T>): Node<T>[] {
    return [...(node ? node.children ?? [] : this.current)];
  }

  getParent(node: Node<T>): Node<T> | undefined {
    return this.parents.get(node.id);
  }

  getTreeItem(node: Node<T>): TreeItem {
    const item = new TreeItem(node.label, !node.children?.length ? TreeItemCollapsibleState.None : node.open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
    item.id = node.id;
    item.contextValue = node.context;
    if (node.description !== undefined) item.description = node.description;
    item.tooltip = node.tooltip ?? [node.label, node.description].filter(Boolean).join(': ');
    if (node.icon) item.iconPath = this.icon(node.icon);
    if (node.checked !== undefined) item.checkboxState = node.checked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked;
    if (node.spoken !== undefined) item.accessibilityInformation = { label: node.spoken };
    if (node.run !== undefined) item.command = { command: node.run, title: node.label, arguments: [node] };
    else if (node.location) {
      const { uri, range: { start, end } } = node.location;
      const selection = new Range(new Position(start.line, start.character), new Position(end.line, end.character));
      item.command = { command: 'vscode.open', title: node.label, arguments: [Uri.parse(uri), { selection, preview: true }] };
    }
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private icon(icon: Icon): ThemeIcon | { light: Uri; dark: Uri } {
    return 'id' in icon
      ? new ThemeIcon(icon.id, icon.color === undefined ? undefined : new ThemeColor(icon.color))
      : { light: Uri.joinPath(this.images, `${icon.image}-light.svg`), dark: Uri.joinPath(this.images, `${icon.image}-dark.svg`) };
  }

  private adopt(node: Node<T>): void {
    for (const child of node.children ?? []) {
      this.parents.set(child.id, node);
      this.adopt(child);
    }
  }
}
