import { CancellationTokenSource, commands, EventEmitter, ProgressLocation, TreeItemCheckboxState, Uri, window, workspace, type Disposable, type ExtensionContext } from 'vscode';
import type { Location } from 'vscode-languageclient/node';
import { t } from '../l10n';
import type { ServerController } from '../server';
import { shown } from '../server/shown';
import { NodeTree } from '../tree';
import {
  APPLY_METHOD, DEPLOY_VIEW, DID_APPLY_METHOD, FAILOVER_PLAN_METHOD, IS_ROLLBACK, PHASE, PLAN_METHOD, ROLLBACK_PLAN_METHOD,
  type Applied, type ApplyParams, type DidApply, type Plan, type PlannedObject, type PlanParams,
} from './protocol';
import { deployRows, type DeployItem } from './rows';
import { headline, isBack, isChange, isContested, key, NOTHING, verdict, writable, type DeployState, type Phase } from './state';

export interface Finished {
  readonly contexts: readonly string[];
  readonly kind: DeployState['kind'];
  readonly message: string;
  readonly severity: 'information' | 'warning' | 'error';
  readonly isWritten: boolean;
  /** What the clusters have now in place of what the plan found. */
  readonly written: readonly Written[];
}

/** An object as it was written to the cluster of that label. */
export interface Written {
  readonly label: string;
  readonly object: PlannedObject;
}

/** Makes plans, carries them out when told to, and shows both in the Deploy pane. Asks nothing itself: that is for the commands. */
export class DeployController implements Disposable {
  private readonly writing = new EventEmitter<readonly string[]>();
  private readonly finished = new EventEmitter<Finished>();
  private readonly tree: NodeTree<DeployItem>;
  private readonly view;
  private readonly parts: Disposable[];
  private current: DeployState = NOTHING;
  private running: CancellationTokenSource | undefined;

  /** Something is about to be written to these contexts; what the listeners begin is not waited for. */
  readonly onWillWrite = this.writing.event;

  /** An apply came to its end, well or badly. */
  readonly onDidFinish = this.finished.event;

  constructor(
    context: ExtensionContext,
    private readonly server: ServerController,
  ) {
    this.tree = new NodeTree<DeployItem>(DEPLOY_VIEW, Uri.joinPath(context.extensionUri, 'images'), { showCollapseAll: true, manageCheckboxStateManually: true });
    this.view = this.tree.view;
    this.parts = [
      this.writing, this.finished, this.tree,
      server.onNotification<DidApply>(DID_APPLY_METHOD, (heard) => this.hear(heard)),
      server.onDidChangeState((state) => {
        if (state.kind !== 'ready') this.lost();
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.touched(document.uri.toString());
      }),
      this.view.onDidChangeCheckboxState(({ items }) => {
        const excluded = new Set(this.current.excluded);
        for (const [node, state] of items) {
          if (state === TreeItemCheckboxState.Checked) excluded.delete(node.data!.context);
          else excluded.add(node.data!.context);
        }
        this.set({ ...this.current, excluded });
      }),
    ];
  }

  get state(): DeployState {
    return this.current;
  }

  /** The plan on show was carried out at this target. */
  isWritten(context: string): boolean {
    const result = this.current.results.get(context);
    return result !== undefined && (this.current.kind === 'rollback' ? isBack(result) : result.outcome === 'applied');
  }

  get isBusy(): boolean {
    return this.current.phase === 'planning' || this.current.phase === 'applying';
  }

  /** Compares manifests with clusters and shows the differences. */
  plan(title: string, params: PlanParams): Promise<boolean> {
    return this.make({ ...NOTHING, title, asked: { method: PLAN_METHOD, params } });
  }

  /** The way back from an apply. */
  planRollback(title: string, params: { readonly context: string; readonly id?: string }): Promise<boolean> {
    return this.make({ ...NOTHING, kind: 'rollback', title, asked: { method: ROLLBACK_PLAN_METHOD, params } });
  }

  /** The way of traffic around what does not answer, or back. */
  planFailover(title: string, params: { readonly lost?: readonly string[]; readonly back?: boolean }): Promise<boolean> {
    return this.make({ ...NOTHING, kind: 'failover', title, asked: { method: FAILOVER_PLAN_METHOD, params } });
  }

  /** Makes the plan on show again, from what files and clusters say now. */
  async again(changed: Partial<PlanParams> = {}): Promise<boolean> {
    const { kind, title, asked, excluded } = this.current;
    if (!asked) return false;
    const made = await this.make({ ...NOTHING, kind, title, asked: { method: asked.method, params: { ...asked.params, ...changed } } });
    if (made) this.set({ ...this.current, excluded });
    return made;
  }

  /** An object as it is in a cluster and as its manifest would make it; undefined where no plan can be made. The pane stays as it is. */
  async compare(context: string, location: Location): Promise<PlannedObject | undefined> {
    const asked: PlanParams = { contexts: [context], scope: { kind: 'object', uri: location.uri, position: location.range.start } };
    const plan = await this.server.ask<Plan>(PLAN_METHOD, asked).catch(() => undefined);
    const one = plan?.targets[0]?.objects.find((object) => object.kind !== 'Namespace');
    return one && one.after !== '' ? one : undefined;
  }

  /** Carries out the plan on show. @param typed contexts of protected targets as the user typed them */
  async apply(typed: Readonly<Record<string, string>>, resume: boolean): Promise<void> {
    const targets = writable(this.current);
    const { kind, title } = this.current;
    const plan = this.current.plan?.plan;
    if (!plan || targets.length === 0 || this.isBusy) return;
    const contexts = targets.map((target) => target.context);
    this.writing.fire(contexts);
    const workDoneToken = `gateway-lsp-apply-${plan}`;
    const { error: _, ...rest } = this.current;
    this.set({ ...rest, phase: 'applying' });
    const source = (this.running = new CancellationTokenSource());
    await window.withProgress({ location: ProgressLocation.Notification, cancellable: true, title: kind === 'rollback' ? t('Rolling back') : t('Applying {0}', title) }, async (progress, token) => {
      let done = 0;
      const heard = this.server.onProgress(workDoneToken, (value) => {
        if (value.kind === 'end') return;
        const now = value.percentage ?? done;
        progress.report({ ...(value.message === undefined ? {} : { message: value.message }), increment: Math.max(0, now - done) });
        done = Math.max(done, now);
      });
      const cancelled = token.onCancellationRequested(() => source.cancel());
      try {
        const params: ApplyParams = { plan, contexts, confirmed: true, typed, workDoneToken, ...(resume ? { resume } : {}), ...(targets.some(isContested) ? { force: true } : {}) };
        const { targets: results } = await this.server.ask<Applied>(APPLY_METHOD, params, source.token);
        this.set({ ...this.current, phase: 'done', results: new Map(results.map((one) => [one.context, one])) });
        const { message, severity } = verdict(this.current);
        this.set({ ...this.current, error: message });
        const written = targets.filter((target) => this.isWritten(target.context));
        this.finished.fire({ contexts, kind, message, severity, isWritten: written.length > 0, written: written.flatMap(({ label, objects }) => objects.filter(isChange).map((object) => ({ label, object }))) });
      } catch (e) {
        const message = (e as Error).message;
        this.set(this.current.plan ? { ...this.current, phase: 'planned', error: message, outcomes: new Map() } : { ...NOTHING, error: message });
        this.finished.fire({ contexts, kind, message, severity: 'error', isWritten: false, written: [] });
      } finally {
        heard.dispose();
        cancelled.dispose();
        this.end(source);
      }
    });
  }

  cancel(): void {
    this.running?.cancel();
  }

  clear(): void {
    if (!this.isBusy) this.set(NOTHING);
  }

  dispose(): void {
    this.running?.cancel();
    for (const part of this.parts) part.dispose();
  }

  private async make(state: DeployState): Promise<boolean> {
    if (this.current.phase === 'applying') {
      void window.showInformationMessage(t('An apply is under way. Wait for it or cancel it.'));
      return false;
    }
    this.running?.cancel();
    const source = (this.running = new CancellationTokenSource());
    this.set({ ...state, phase: 'planning' });
    void commands.executeCommand(`${DEPLOY_VIEW}.focus`);
    try {
      const { method, params } = state.asked!;
      const plan = await window.withProgress({ location: { viewId: DEPLOY_VIEW } }, () => this.server.ask<Plan>(method, params, source.token));
      if (this.running !== source) return false;
      this.set({ ...state, phase: 'planned', plan });
      return true;
    } catch (e) {
      if (this.running !== source) return false;
      this.set({ ...NOTHING, ...(source.token.isCancellationRequested ? {} : { error: (e as Error).message }) });
      if (!source.token.isCancellationRequested) await shown(() => Promise.reject(e));
      return false;
    } finally {
      this.end(source);
    }
  }

  private end(source: CancellationTokenSource): void {
    if (this.running === source) this.running = undefined;
    source.dispose();
  }

  private hear({ plan, context, ref, outcome }: DidApply): void {
    if (plan !== this.current.plan?.plan || (this.current.phase !== 'applying' && this.current.phase !== 'done')) return;
    this.set({ ...this.current, outcomes: new Map([...this.current.outcomes, [key(context, ref), outcome]]) });
  }

  private touched(uri: string): void {
    const { phase, isStale, kind, plan } = this.current;
    if (phase !== 'planned' || isStale || kind !== 'apply') return;
    const isOurs = plan?.targets.some((target) => target.objects.some((one) => one.location && Uri.parse(one.location.uri).toString() === uri));
    if (isOurs) this.set({ ...this.current, isStale: true });
  }

  /** Plans live in the server's memory; one that is still asked for waits for the next server. */
  private lost(): void {
    if (this.current.phase !== 'none' && this.current.phase !== 'planning') this.set(NOTHING);
  }

  private set(state: DeployState): void {
    this.current = state;
    this.tree.set(deployRows(state));
    const line = headline(state);
    // An empty view shows its welcome with the buttons in it: a message beside it only where it says something.
    (this.view as { message: string | undefined }).message = line;
    this.view.description = state.phase === 'none' ? '' : state.title;
    const n = state.phase === 'planned' ? writable(state).reduce((sum, target) => sum + target.objects.filter((one) => one.action !== 'unchanged').length, 0) : 0;
    this.view.badge = n > 0 ? { value: n, tooltip: t('{0} objects to write', n) } : undefined;
    void commands.executeCommand('setContext', PHASE, phaseOf(state));
    void commands.executeCommand('setContext', IS_ROLLBACK, state.kind === 'rollback');
  }
}

/** The word for `when` clauses; none of an empty pane. A plan with nothing to write cannot be applied. */
function phaseOf(state: DeployState): Exclude<Phase, 'none'> | 'nothingToDo' | undefined {
  if (state.phase === 'none') return undefined;
  return state.phase === 'planned' && writable(state).length === 0 ? 'nothingToDo' : state.phase;
}
