import { commands, Disposable, languages, window, workspace, type TextEditor } from 'vscode';
import { DOCUMENTS } from '../server/protocol';
import { mayHaveTraffic } from './objects';

const HAS_OBJECTS = 'gatewayLsp.hasObjects';

/** Keeps the `when` clause of menus true for editors with objects that a topology shows, in documents that the server knows: not in a look at a live object. */
export function watchObjects(): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const update = (editor: TextEditor | undefined) =>
    void commands.executeCommand('setContext', HAS_OBJECTS, editor !== undefined && languages.match(DOCUMENTS, editor.document) > 0 && mayHaveTraffic(editor.document.getText()));
  update(window.activeTextEditor);
  return Disposable.from(
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidChangeTextDocument((e) => {
      if (e.document !== window.activeTextEditor?.document) return;
      clearTimeout(timer);
      timer = setTimeout(() => update(window.activeTextEditor), 500);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
