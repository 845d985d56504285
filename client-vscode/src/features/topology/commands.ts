import { commands, Disposable, Uri, window } from 'vscode';
import type { Topologies } from '.';
import type { Scope, TopologyPlace } from './protocol';

export const SHOW_TOPOLOGY = 'gatewayLsp.showTopology';
/** Argument of the first command for what clusters have. */
export type LiveTopology = { readonly source: 'live' } & Required<Pick<Scope, 'contexts'>> & Pick<Scope, 'before'>;

export const SHOW_FILE_TOPOLOGY = 'gatewayLsp.showFileTopology';
export const SHOW_OBJECT_TOPOLOGY = 'gatewayLsp.showObjectTopology';

/** From lens and code action the first comes with the place of an object; from elsewhere it is for the whole workspace. */
export function registerTopologyCommands(topologies: Topologies): Disposable {
  const ofObject = (uri: string, position: { line: number; character: number }) => void topologies.show({ scope: 'object', uri, position });
  return Disposable.from(
    commands.registerCommand(SHOW_TOPOLOGY, (place?: TopologyPlace | LiveTopology | Uri) => {
      if (place && 'source' in place) {
        topologies.show({ scope: 'workspace', ...place });
        return;
      }
      const position = place && !(place instanceof Uri) ? place.position ?? place.range?.start : undefined;
      if (place && !(place instanceof Uri) && position) ofObject(place.uri, position);
      else topologies.show({ scope: 'workspace' });
    }),
    commands.registerCommand(SHOW_FILE_TOPOLOGY, (file?: Uri) => {
      const uri = file instanceof Uri ? file : window.activeTextEditor?.document.uri;
      if (uri) topologies.show({ scope: 'file', uri: uri.toString() });
    }),
    commands.registerCommand(SHOW_OBJECT_TOPOLOGY, () => {
      const editor = window.activeTextEditor;
      if (editor) ofObject(editor.document.uri.toString(), { line: editor.selection.active.line, character: editor.selection.active.character });
    }),
  );
}
