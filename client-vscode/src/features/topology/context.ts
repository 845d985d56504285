import { commands, Disposable, window, workspace, type TextEditor } from 'vscode';
import { mayHaveTraffic } from './objects';

const HAS_OBJECTS = 'gatewayLsp.hasObjects';

/** Keeps the `when` clause of menus true for editors with objects that a topology shows. */
export function watchObjects(): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const update = (editor: TextEditor | undefined) =>
    void commands.executeCommand('setContext', HAS_OBJECTS, editor?.document.languageId === 'yaml' && mayHaveTraffic(editor.document.getText()));
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
