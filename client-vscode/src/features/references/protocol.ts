import type { Location, Position } from 'vscode-languageclient/node';

/** Argument of the command, as the server sends it: lines and characters are counted from 0. */
export interface ShownReferences {
  readonly uri: string;
  readonly position: Position;
  readonly locations: readonly Location[];
}
