import { commands, Disposable, window } from 'vscode';
import { shown } from '../server/shown';
import { MIGRATE_FILE, MIGRATE_WORKSPACE, placed, SELECT, type Place } from './place';

const EXECUTE_METHOD = 'workspace/executeCommand';

/** A request of ours to the server; waits for one that is starting. */
type Ask = (method: string, params: object) => Promise<unknown>;

/**
 * The commands that run in the server. They are there before it is, so that the palette can start the extension with them; from the
 * palette they come without a place.
 */
export function registerMigrationCommands(ask: Ask): Disposable {
  return Disposable.from(
    ...[MIGRATE_FILE, MIGRATE_WORKSPACE, SELECT].map((command) =>
      commands.registerCommand(command, (...args: Place[]) => shown(() => ask(EXECUTE_METHOD, { command, arguments: placed(command, args, window.activeTextEditor?.document.uri.toString()) })))),
  );
}
