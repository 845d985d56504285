import {
  commands, EventEmitter, Position, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCheckboxState, TreeItemCollapsibleState, Uri, window,
  type Disposable, type TreeDataProvider, type TreeView, type TreeViewOptions,
} from 'vscode';
import type { Icon, Node } from './node';
import { Rows } from './rows';

/** How often, and with what pause in milliseconds, to look again for the selection. */
const SETTLING = { times: 40, pause: 50 };

/** A view with rows that are made elsewhere. */
export class NodeTree<T> implements TreeDataProvider<Node<T>>, Disposable {
  private readonly changed = new EventEmitter<Node<T>[] | undefined>();
  private readonly rows = new Rows<T>();

  private readonly choose: string;
  private readonly chosen: Disposable;

  readonly onDidChangeTreeData = this.changed.event;
  readonly view: TreeView<Node<T>>;

  constructor(id: string, private readonly images: Uri, options: Omit<TreeViewOptions<Node<T>>, 'treeDataProvider'> = {}) {
    this.choose = `${id}.choose`;
    this.chosen = commands.registerCommand(this.choose, async () => this.run(await this.selected()));
    this.view = window.createTreeView(id, { ...options, treeDataProvider: this });
  }

  set(roots: readonly Node<T>[]): void {
    const changed = this.rows.take(roots);
    if (changed?.length !== 0) this.changed.fire(changed && [...changed]);
  }

  find(id: string): Node<T> | undefined {
    return this.rows.find(id);
  }

  getChildren(node?: Node<T>): Node<T>[] {
    return [...(node ? node.children ?? [] : this.rows.roots)];
  }

  getParent(node: Node<T>): Node<T> | undefined {
    return this.rows.parent(node);
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
    // Without arguments: the editor forgets those of a row when it is drawn again, and a click meanwhile would run nothing but an error.
    if (node.run !== undefined || node.location) item.command = { command: this.choose, title: node.label };
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.chosen.dispose();
    this.changed.dispose();
  }

  /** While rows are drawn again the editor knows none of them, and tells which one is selected only afterwards. */
  private async selected(): Promise<Node<T> | undefined> {
    for (let i = 0; i < SETTLING.times && this.view.selection.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, SETTLING.pause));
    return this.view.selection[0];
  }

  private async run(node: Node<T> | undefined): Promise<void> {
    if (node?.run !== undefined) await commands.executeCommand(node.run, node);
    else if (node?.location) {
      const { uri, range: { start, end } } = node.location;
      const selection = new Range(new Position(start.line, start.character), new Position(end.line, end.character));
      await commands.executeCommand('vscode.open', Uri.parse(uri), { selection, preview: true });
    }
  }

  private icon(icon: Icon): ThemeIcon | { light: Uri; dark: Uri } {
    return 'id' in icon
      ? new ThemeIcon(icon.id, icon.color === undefined ? undefined : new ThemeColor(icon.color))
      : { light: Uri.joinPath(this.images, `${icon.image}-light.svg`), dark: Uri.joinPath(this.images, `${icon.image}-dark.svg`) };
  }
}
