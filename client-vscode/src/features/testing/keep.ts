import { t } from '../l10n';
import { Position, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { WorkspaceEdit as Edit } from 'vscode-languageclient/node';
import type { Ask } from '../trace/commands';
import { EXPECTATION_OF_METHOD, type TraceParams } from '../trace/protocol';

/** Writes what becomes of a request into a comment beside the manifest, and shows it. Gives its text. */
export async function keepExpectation(ask: Ask, params: TraceParams): Promise<string> {
  const { text, edit } = await ask<{ text: string; edit: Edit }>(EXPECTATION_OF_METHOD, params);
  const made = new WorkspaceEdit();
  let first: { uri: Uri; at: Position } | undefined;
  for (const change of edit.documentChanges ?? []) {
    if (!('edits' in change)) continue;
    for (const one of change.edits) {
      const uri = Uri.parse(change.textDocument.uri);
      const at = new Position(one.range.start.line, one.range.start.character);
      first ??= { uri, at };
      if ('newText' in one) made.insert(uri, at, one.newText);
    }
  }
  if (!first || !(await workspace.applyEdit(made))) throw new Error(t('The expectation could not be written into the manifest.'));
  const document = await workspace.openTextDocument(first.uri);
  void window.setStatusBarMessage(t('$(check) Saved as expectation in {0}', workspace.asRelativePath(document.uri)), 4_000);
  return text;
}
