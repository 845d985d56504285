import { window, type Disposable, type LogOutputChannel } from 'vscode';

/** The two output channels; what the server writes to stderr goes to the log. */
export class Channels implements Disposable {
  readonly log: LogOutputChannel = window.createOutputChannel('Gateway LSP', { log: true });
  readonly trace: LogOutputChannel = window.createOutputChannel('Gateway LSP Trace', { log: true });

  dispose(): void {
    this.log.dispose();
    this.trace.dispose();
  }
}
