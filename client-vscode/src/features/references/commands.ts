import { commands, Location, Position, Range, Uri, type Disposable } from 'vscode';
import type { ShownReferences } from './protocol';

export const SHOW_REFERENCES = 'gatewayLsp.showReferences';

/** What the server sends is plain JSON; the editor's own command takes only its own objects. */
export function registerReferenceCommands(): Disposable {
  return commands.registerCommand(SHOW_REFERENCES, (shown?: ShownReferences) => {
    if (!shown) return undefined;
    const locations = shown.locations.map(
      ({ uri, range: { start, end } }) => new Location(Uri.parse(uri), new Range(start.line, start.character, end.line, end.character)),
    );
    return commands.executeCommand(
      'editor.action.showReferences',
      Uri.parse(shown.uri),
      new Position(shown.position.line, shown.position.character),
      locations,
    );
  });
}
