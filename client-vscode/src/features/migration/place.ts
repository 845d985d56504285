import type { Range } from 'vscode-languageclient/node';

export const MIGRATE_FILE = 'gatewayLsp.migrateFile';
export const MIGRATE_WORKSPACE = 'gatewayLsp.migrateWorkspace';
export const SELECT = 'gatewayLsp.select';

/** Argument of the server's commands, as docs/protocol.md has it. */
export interface Place {
  readonly uri: string;
  readonly range?: Range;
}

/** @param active URI of the document that is being edited */
export function placed(command: string, args: readonly Place[], active: string | undefined): Place[] {
  return command === MIGRATE_FILE && args.length === 0 && active !== undefined ? [{ uri: active }] : [...args];
}
