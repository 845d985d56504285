import { t } from '../l10n';
import { Disposable, Location, Position, Range, TestMessage, TestRunProfileKind, tests, Uri, workspace, type CancellationToken, type TestController, type TestItem, type TestRunRequest } from 'vscode';
import type { ServerController } from '../server';
import { DOCUMENTS } from '../server/protocol';
import { EXPECTATIONS_METHOD, identified, type ExpectationEntry, type ExpectationFile, type Expectations } from './protocol';

/** Typing rests so long before expectations are read again. */
const REST_MS = 400;

/** Expectations in comments of manifests as tests of the Testing view: a file, and in it one test each. */
export class ExpectationTests implements Disposable {
  private readonly controller: TestController = tests.createTestController('gatewayLsp.expectations', t('Gateway LSP expectations'));
  private readonly all: Disposable;
  private readonly continuous = new Set<TestRunRequest>();
  private timer: NodeJS.Timeout | undefined;
  private isWanted = false;

  constructor(private readonly server: ServerController) {
    const watcher = workspace.createFileSystemWatcher('**/*.{yaml,yml}');
    this.controller.resolveHandler = async () => {
      this.isWanted = true;
      await this.read();
    };
    this.controller.refreshHandler = () => this.read().then(() => undefined);
    this.controller.createRunProfile(t('Check'), TestRunProfileKind.Run, (request, token) => this.run(request, token), true, undefined, true);
    this.all = Disposable.from(
      this.controller,
      watcher,
      watcher.onDidChange(() => this.later()),
      watcher.onDidCreate(() => this.later()),
      watcher.onDidDelete(() => this.later()),
      workspace.onDidChangeTextDocument((e) => {
        if (e.contentChanges.length > 0 && DOCUMENTS.some((one) => one.language === e.document.languageId && one.scheme === e.document.uri.scheme)) this.later();
      }),
      // Marks in the margin of manifests are there without the Testing view ever opened.
      server.onDidChangeState((state) => {
        if (state.kind !== 'ready') return;
        this.isWanted = true;
        this.later();
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.all.dispose();
  }

  private later(): void {
    if (!this.isWanted) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.read().then((files) => {
        for (const request of this.continuous) this.report(request, files);
      });
    }, REST_MS);
  }

  /** Asks the server and brings the items up to date. */
  private async read(): Promise<readonly ExpectationFile[]> {
    let files: readonly ExpectationFile[];
    try {
      ({ files } = await this.server.ask<Expectations>(EXPECTATIONS_METHOD, {}));
    } catch {
      return []; // no server just now: the items stay
    }
    this.controller.items.replace(files.map((file) => this.fileItem(file)));
    return files;
  }

  private fileItem(file: ExpectationFile): TestItem {
    const uri = Uri.parse(file.uri);
    const known = this.controller.items.get(file.uri);
    const item = known ?? this.controller.createTestItem(file.uri, workspace.asRelativePath(uri), uri);
    item.children.replace(
      identified(file.expectations).map(({ id, entry }) => {
        const child = item.children.get(id) ?? this.controller.createTestItem(id, entry.text, uri);
        child.range = rangeOf(entry);
        return child;
      }),
    );
    return item;
  }

  private async run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    this.report(request, await this.read());
    if (!request.continuous) return;
    this.continuous.add(request);
    token.onCancellationRequested(() => this.continuous.delete(request));
  }

  private report(request: TestRunRequest, files: readonly ExpectationFile[]): void {
    const run = this.controller.createTestRun(request);
    const wanted = (item: TestItem): boolean => {
      const isIn = (list: readonly TestItem[] | undefined) => list?.some((one) => one.id === item.id && one.uri?.toString() === item.uri?.toString()) === true;
      const parent = item.parent;
      return !isIn(request.exclude) && (request.include === undefined || isIn(request.include) || (parent !== undefined && wanted(parent)));
    };
    for (const file of files) {
      const item = this.controller.items.get(file.uri);
      for (const { id, entry } of identified(file.expectations)) {
        const child = item?.children.get(id);
        if (!child || !wanted(child)) continue;
        const verdict = entry.passed === undefined ? t('not known') : entry.passed ? t('holds') : t('fails');
        run.appendOutput(`${verdict.padEnd(9)} ${entry.text}${entry.message ? `\r\n          ${entry.message}` : ''}\r\n`, undefined, child);
        if (entry.passed === undefined) run.skipped(child);
        else if (entry.passed) run.passed(child);
        else {
          const message = new TestMessage(entry.message ?? t('It does not hold.'));
          message.location = new Location(Uri.parse(file.uri), rangeOf(entry));
          run.failed(child, message);
        }
      }
    }
    run.end();
  }
}

function rangeOf({ range: { start, end } }: ExpectationEntry): Range {
  return new Range(new Position(start.line, start.character), new Position(end.line, end.character));
}
