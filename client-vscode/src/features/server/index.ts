import { t } from '../l10n';
import { commands, env, EventEmitter, Uri, window, workspace, type CancellationToken, type Disposable } from 'vscode';
import type { LanguageClient, ProgressType, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from 'vscode-languageclient/node';
import type { Channels } from '../log';
import { SHOW_LOG } from '../log/commands';
import { OPEN_SETTINGS } from '../settings/commands';
import { checkServer, launch, missingRuntime, RUNTIME_PAGE, serverPath, ServerUnavailable, type Launched } from './launch';
import { READY, SECTION, SERVER_PATH, STARTING, type ServerState } from './protocol';
import { RestartBudget } from './restartBudget';
import { RESTART } from './commands';

const STOP_MS = 2_000;

/** A server that is not ready after so long is not waited for any more. */
const START_MS = 10_000;

/** What a process said is read to its end within so long after the connection to it closed. */
const CLOSE_MS = 500;

/** One run of the server: its client and process. A new start is a new run, so no state is carried over. */
interface Run {
  readonly client: LanguageClient;
  readonly workDone: ProgressType<WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd>;
  launched?: Launched;
  /** Resolves, never rejects, when the start has come to an end, well or badly. */
  started?: Promise<void>;
  /** Its process has ended, and why is being looked at. */
  ended?: boolean;
  /** Set once the end of this run has been dealt with, or is wanted. */
  over: boolean;
}

/** What a failure can be answered with besides a restart. */
type Remedy = readonly [title: string, act: () => unknown];

interface Listener {
  readonly method: string;
  readonly handler: (params: unknown) => void;
}

/** Keeps one language server running: starts, restarts and stops it, and tells its state. */
export class ServerController implements Disposable {
  private readonly changed = new EventEmitter<ServerState>();
  private readonly budget = new RestartBudget();
  private readonly settings: Disposable;
  private readonly listeners = new Set<Listener>();
  private run: Run | undefined;
  private queue: Promise<void> = Promise.resolve();
  private again: NodeJS.Timeout | undefined;
  private current: ServerState = { kind: 'stopped' };

  readonly onDidChangeState = this.changed.event;

  constructor(
    private readonly extensionDir: string,
    private readonly channels: Channels,
    // Loaded when it is needed, not with the extension: the library is most of the code, and activation is not to wait for it.
    private readonly load: () => Promise<typeof import('./client')> = () => import('./client'),
  ) {
    // Also fires when a workspace becomes trusted and its own server path starts to count.
    this.settings = workspace.onDidChangeConfiguration((e) => {
      if (e.affectsConfiguration(`${SECTION}.${SERVER_PATH}`)) void this.restart();
    });
  }

  get state(): ServerState {
    return this.current;
  }

  start(): Promise<void> {
    return this.inTurn(() => this.begin());
  }

  restart(): Promise<void> {
    this.budget.reset();
    return this.inTurn(async () => {
      await this.end('starting');
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.end('stopped'));
  }

  /** A request of ours to the server; waits for one that is starting, and rejects while none is running. */
  ask<T>(method: string, params: object, token?: CancellationToken): Promise<T> {
    return this.current.kind === 'starting' ? this.settledState().then(() => this.send<T>(method, params, token)) : this.send<T>(method, params, token);
  }

  /** The state once a start that is under way has come to its end; one that takes too long is not waited for. */
  private settledState(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        changes.dispose();
        resolve();
      };
      const timer = setTimeout(done, START_MS);
      const changes = this.onDidChangeState((state) => {
        if (state.kind !== 'starting') done();
      });
    });
  }

  private async send<T>(method: string, params: object, token?: CancellationToken): Promise<T> {
    const { run } = this;
    if (!run || this.current.kind !== 'ready') throw new Error(this.whyNot());
    const { client } = run;
    try {
      return await (token ? client.sendRequest<T>(method, params, token) : client.sendRequest<T>(method, params)); // undefined would be a second parameter
    } catch (e) {
      // Not asked again by ourselves: what was asked for may have been done.
      throw run.over || run.ended ? new Error(t('The language server ended before it answered. Try again when it is ready.')) : e;
    }
  }

  private whyNot(): string {
    switch (this.current.kind) {
      case 'failed':
        return this.current.reason;
      case 'starting':
        return t('The language server is still starting. Try again when it is ready.');
      default:
        return t('The language server is not running.');
    }
  }

  /** A notification of ours to the server; a server that starts later learns from `initialize` what it needs. */
  notify(method: string, params: object): void {
    void this.run?.client.sendNotification(method, params).catch(() => undefined);
  }

  /** Tells how far a request with that `workDoneToken` is. */
  onProgress(token: string, handler: (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd) => void): Disposable {
    return this.run?.client.onProgress(this.run.workDone, token, handler) ?? { dispose: () => undefined };
  }

  /** Tells of a notification of ours, from this server and those that come after it. */
  onNotification<T>(method: string, handler: (params: T) => void): Disposable {
    const entry = { method, handler: handler as (params: unknown) => void };
    this.listeners.add(entry);
    this.listen(this.run, method);
    return { dispose: () => void this.listeners.delete(entry) };
  }

  dispose(): void {
    clearTimeout(this.again);
    this.settings.dispose();
    this.changed.dispose();
    if (this.run) this.run.over = true; // that it ends now is wanted
    this.run?.launched?.child.kill();
  }

  /** The connection knows one handler a method: it tells all of ours. */
  private listen(run: Run | undefined, method: string): void {
    run?.client.onNotification(method, (params: unknown) => {
      for (const entry of [...this.listeners]) if (entry.method === method) entry.handler(params);
    });
  }

  /** Starts and stops run one after the other, however quickly they are asked for. */
  private inTurn(step: () => Promise<void>): Promise<void> {
    clearTimeout(this.again);
    return (this.queue = this.queue.then(step, step));
  }

  private set(state: ServerState): void {
    this.current = state;
    void commands.executeCommand('setContext', READY, state.kind === 'ready');
    void commands.executeCommand('setContext', STARTING, state.kind === 'starting');
    this.changed.fire(state);
  }

  private async begin(): Promise<void> {
    const file = serverPath(workspace.getConfiguration(SECTION).get(SERVER_PATH, ''), this.extensionDir);
    this.set({ kind: 'starting' });
    this.channels.info(`Starting ${file}`);
    try {
      await checkServer(file);
    } catch (e) {
      return this.fail((e as Error).message);
    }
    let run: Run;
    try {
      run = this.made(await this.load(), file);
    } catch (e) {
      return this.fail(t('The language client could not be loaded: {0}', (e as Error).message));
    }
    this.run = run;
    for (const entry of this.listeners) this.listen(run, entry.method);
    run.started = run.client.start().then(
      () => {
        if (!run.over && !run.ended) this.set({ kind: 'ready', version: run.client.initializeResult?.serverInfo?.version });
      },
      (e: unknown) => {
        if (e instanceof ServerUnavailable) this.giveUp(run, e.message);
        else this.crashed(run);
      },
    );
    await this.settled(run);
  }

  private made({ createClient, WORK_DONE }: typeof import('./client'), file: string): Run {
    const run: Run = {
      over: false,
      workDone: WORK_DONE,
      client: createClient(
        async () => {
          run.launched = await launch(file);
          run.launched.child.once('exit', (code, signal) => this.channels.info(`The server ended: ${signal ?? `exit code ${code}`}`));
          return run.launched.child;
        },
        Uri.joinPath(Uri.file(this.extensionDir), 'docs/rules').toString(),
        this.channels,
        () => this.crashed(run),
      ),
    };
    return run;
  }

  /** @param next what is told to come, before anything ends: who asks meanwhile waits through a restart */
  private async end(next: 'stopped' | 'starting'): Promise<void> {
    const run = this.run;
    this.run = undefined;
    if (run) run.over = true;
    this.set({ kind: next });
    if (!run) return;
    await this.settled(run);
    await run.client.dispose(STOP_MS).catch(() => undefined); // its reason is in the log already
    await this.reap(run.launched);
  }

  /** A server that never answers `initialize` must not keep the user from restarting it. */
  private async settled(run: Run): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, run.over ? STOP_MS : START_MS)));
    await Promise.race([run.started, late]);
    clearTimeout(timer);
  }

  /** Waits for the process to end, and ends it if it does not. */
  private reap({ child }: Partial<Launched> = {}): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private crashed(run: Run): void {
    if (run.over || run.ended) return;
    run.ended = true;
    this.set({ kind: 'starting' }); // what is asked from now on waits for the next one, or for why there is none
    void this.closed(run.launched).then(() => this.afterCrash(run));
  }

  /** Resolves when all that the process said has been read. */
  private closed({ child }: Partial<Launched> = {}): Promise<void> {
    if (!child || child.stderr.closed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, CLOSE_MS);
      child.stderr.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private afterCrash(run: Run): void {
    if (run.over) return;
    const runtime = missingRuntime(run.launched?.said() ?? '');
    if (runtime !== undefined) {
      const reason = t('This package of the extension needs the {0}, which is not installed. Install it, or the package that is native to this platform, and restart the server.', runtime);
      return this.giveUp(run, reason, [t('Get .NET'), () => env.openExternal(Uri.parse(RUNTIME_PAGE))]);
    }
    const delay = this.budget.next(Date.now());
    if (delay === undefined) return this.giveUp(run, t('The language server keeps ending by itself and is not started again.'));
    run.over = true;
    void this.reap(run.launched);
    this.channels.warn(`The server ended unasked; starting it again in ${delay} ms`);
    this.again = setTimeout(() => void this.restartAfterCrash(), delay);
  }

  private restartAfterCrash(): Promise<void> {
    return this.inTurn(async () => {
      await this.end('starting');
      await this.begin();
    });
  }

  private giveUp(run: Run, reason: string, remedy?: Remedy): void {
    if (run.over) return;
    run.over = true;
    void this.reap(run.launched);
    this.fail(reason, remedy);
  }

  private fail(reason: string, remedy?: Remedy): void {
    this.channels.error(reason);
    this.set({ kind: 'failed', reason });
    const actions: Record<string, () => unknown> = {
      ...(remedy ? { [remedy[0]]: remedy[1] } : {}),
      [t('Restart')]: () => commands.executeCommand(RESTART),
      [t('Show Log')]: () => commands.executeCommand(SHOW_LOG),
      [t('Open Settings')]: () => commands.executeCommand(OPEN_SETTINGS, `${SECTION}.${SERVER_PATH}`),
    };
    void window.showErrorMessage(`Gateway LSP: ${reason}`, ...Object.keys(actions)).then((choice) => {
      if (choice !== undefined) void actions[choice]?.();
    });
  }
}
