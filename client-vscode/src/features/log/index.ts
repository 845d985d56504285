import { window, type Disposable, type LogOutputChannel } from 'vscode';
import { RecentLines } from './recent';

/** The two output channels; what the server writes to stderr goes to the log. */
export class Channels implements Disposable {
  readonly log: LogOutputChannel = window.createOutputChannel('Gateway LSP', { log: true });
  readonly trace: LogOutputChannel = window.createOutputChannel('Gateway LSP Trace', { log: true });

  /** What a report of a bug carries of the log. */
  readonly recent = new RecentLines();

  info(line: string): void {
    this.recent.add(line);
    this.log.info(line);
  }

  warn(line: string): void {
    this.recent.add(line);
    this.log.warn(line);
  }

  error(line: string): void {
    this.recent.add(line);
    this.log.error(line);
  }

  dispose(): void {
    this.log.dispose();
    this.trace.dispose();
  }
}
