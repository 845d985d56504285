import type { Location } from 'vscode-languageclient/node';

/** Name of a codicon, with the id of a colour of the theme, or of a picture in `images`. */
export type Icon = { readonly id: string; readonly color?: string } | { readonly image: string };

/** A row of one of our views; plain data, so that what a view shows is tested without the editor. */
export interface Node<T = unknown> {
  /** Unique in the view and the same for the same thing: the editor keeps what is open by it. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Plain text: it may hold words of a cluster. */
  readonly tooltip?: string;
  readonly icon?: Icon;
  /** `viewItem` of `when` clauses: words with a dot between them. */
  readonly context: string;
  /** Of a row with children: whether it is open at first. */
  readonly open?: boolean;
  readonly checked?: boolean;
  /** What choosing the row does: a command that gets the row, or a place that is shown. */
  readonly run?: string;
  readonly location?: Location;
  /** Read out by screen readers in place of label and description; needed where the icon says something. */
  readonly spoken?: string;
  readonly children?: readonly Node<T>[];
  /** What the row is about, for commands. */
  readonly data?: T;
}

export const GREEN = 'testing.iconPassed';
export const RED = 'testing.iconFailed';
export const YELLOW = 'list.warningForeground';
