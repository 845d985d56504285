import type { DocumentSelector } from 'vscode-languageclient/node';

/** Section of the settings, as the server asks for it with `workspace/configuration`. */
export const SECTION = 'gatewayLsp';

/** Context key for `when` clauses: the commands of the server are there. */
export const READY = `${SECTION}.ready`;

/** Context key for `when` clauses: they will be. */
export const STARTING = `${SECTION}.starting`;

/** The setting that decides which process runs: the only one that needs a restart. */
export const SERVER_PATH = 'server.path';

/**
 * Documents that reach the server. Schemes are named because a diff's left side (`git:`) and the
 * output panel would come along otherwise. What is not ours is the server's to keep silent about.
 */
export const DOCUMENTS = ['file', 'untitled', 'vscode-vfs', 'vscode-test-web', 'memfs', 'vsls'].map((scheme) => ({
  scheme,
  language: 'yaml',
})) satisfies DocumentSelector;

export type ServerState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly version: string | undefined }
  | { readonly kind: 'failed'; readonly reason: string };
