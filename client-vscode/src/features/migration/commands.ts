import { window } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { placed, type Place } from './place';

/** The commands run in the server; the library registers them while one is running. From the palette they come without a place. */
export const executeCommand: NonNullable<Middleware['executeCommand']> = (command, args, next) =>
  next(command, placed(command, args as Place[], window.activeTextEditor?.document.uri.toString()));
