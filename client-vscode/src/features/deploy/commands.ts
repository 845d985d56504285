import { commands, Disposable, env, Uri, window } from 'vscode';
import type { DeployController } from '.';
import type { ClusterController } from '../clusters';
import { CONNECT } from '../clusters/commands';
import type { ClusterItem } from '../clusters/rows';
import { t } from '../l10n';
import { shown } from '../server/shown';
import type { Node } from '../tree/node';
import { PAST, type PlanDocuments } from './documents';
import type { HistoryView } from './history';
import type { HistoryItem } from './historyRows';
import type { DeployPlace } from './protocol';
import type { DeployItem } from './rows';
import { chooseScope, type Chosen } from './scope';
import { confirmation, isChange } from './state';

export const APPLY = 'gatewayLsp.apply';
export const DIFF = 'gatewayLsp.diff';
export const ROLLBACK = 'gatewayLsp.rollback';
export const ROLLBACK_ONE = 'gatewayLsp.rollbackOne';
export const FAILOVER = 'gatewayLsp.failover';
export const DEPLOY_VALIDATE = 'gatewayLsp.deployValidate';
export const DEPLOY_APPLY = 'gatewayLsp.deployApply';
export const DEPLOY_ROLLBACK = 'gatewayLsp.deployRollback';
export const DEPLOY_CANCEL = 'gatewayLsp.deployCancel';
export const DEPLOY_CLEAR = 'gatewayLsp.deployClear';
export const DEPLOY_FORCE = 'gatewayLsp.deployForce';
export const DEPLOY_CREATE_NAMESPACES = 'gatewayLsp.deployCreateNamespaces';
export const DEPLOY_CHANGES = 'gatewayLsp.deployChanges';
export const OPEN_PLANNED = 'gatewayLsp.openPlanned';
export const OPEN_APPLIED = 'gatewayLsp.openApplied';
export const REFRESH_HISTORY = 'gatewayLsp.refreshHistory';

type From = DeployPlace | Uri | undefined;

interface Parts {
  readonly clusters: ClusterController;
  readonly deploys: DeployController;
  readonly history: HistoryView;
  readonly documents: PlanDocuments;
}

/** From the first look at a difference to the way back. Nothing is written before the user has seen it and said yes. */
export function registerDeployCommands(parts: Parts): Disposable {
  const { clusters, deploys, history, documents } = parts;
  /** How the two sides of a target's differences are called, and which the left one is: once it was written to, live is what was planned. */
  const sides = (context: string): [words: string, left?: string] => {
    if (deploys.isWritten(context)) return [t('before ↔ after'), PAST];
    return [deploys.state.kind === 'rollback' ? t('live ↔ rolled back') : t('live ↔ planned')];
  };
  const changes = (context?: string) => {
    const { plan } = deploys.state;
    const target = plan?.targets.find((one) => one.context === context) ?? plan?.targets[0];
    const changed = target?.objects.filter((one) => isChange(one) || one.action === 'conflict') ?? [];
    if (!plan?.plan || !target || changed.length === 0) return undefined;
    const [only] = changed;
    const [words, left] = sides(target.context);
    return changed.length === 1 ? documents.open(plan.plan, target.label, only!, words, left) : documents.openAll(plan.plan, target.label, changed, `${target.label}, ${words}`, left);
  };
  return Disposable.from(
    commands.registerCommand(APPLY, async (from: From) => {
      await planned(parts, from);
    }),
    commands.registerCommand(DIFF, async (from: From) => {
      if (await planned(parts, from)) await changes();
    }),
    commands.registerCommand(ROLLBACK, async (from: DeployPlace | Node<ClusterItem> | undefined) => {
      const named = from && ('uri' in from ? from.contexts : from.data && [from.data.context]);
      const context = await pickOne(clusters, t('Roll back the last apply to which cluster?'), named);
      if (context !== undefined) await deploys.planRollback(t('Last apply to {0}', clusters.labelOf(context)), { context });
    }),
    commands.registerCommand(ROLLBACK_ONE, async (row?: Node<HistoryItem>) => {
      const { context, id, time = '' } = row?.data ?? {};
      if (context === undefined || id === undefined) return;
      await deploys.planRollback(t('Apply to {0} of {1}', clusters.labelOf(context), new Date(time).toLocaleString(env.language)), { context, id });
    }),
    commands.registerCommand(FAILOVER, async (from?: { readonly lost?: readonly string[] }) => {
      const away = { label: t('Away from what has no ready endpoints'), params: from?.lost ? { lost: from.lost } : {} };
      const back = { label: t('Back to where it went before'), params: { back: true } };
      const chosen = from ? away : await window.showQuickPick([away, back], { title: t('Shift traffic') });
      if (chosen) await deploys.planFailover(t('Shift of traffic'), chosen.params);
    }),
    commands.registerCommand(DEPLOY_VALIDATE, () => deploys.again()),
    commands.registerCommand(DEPLOY_APPLY, () => confirmed(parts)),
    commands.registerCommand(DEPLOY_ROLLBACK, () => confirmed(parts)),
    commands.registerCommand(DEPLOY_CANCEL, () => deploys.cancel()),
    commands.registerCommand(DEPLOY_CLEAR, () => deploys.clear()),
    commands.registerCommand(DEPLOY_FORCE, () => deploys.again({ force: true })),
    commands.registerCommand(DEPLOY_CREATE_NAMESPACES, () => deploys.again({ createNamespaces: true })),
    commands.registerCommand(DEPLOY_CHANGES, (row?: Node<DeployItem>) => changes(row?.data?.context)),
    commands.registerCommand(OPEN_PLANNED, (row?: Node<DeployItem>) => {
      const { plan } = deploys.state;
      const target = plan?.targets.find((one) => one.context === row?.data?.context);
      return plan?.plan && target && row?.data?.object && documents.open(plan.plan, target.label, row.data.object, ...sides(target.context));
    }),
    commands.registerCommand(OPEN_APPLIED, (row?: Node<HistoryItem>) => {
      const { context, id, object } = row?.data ?? {};
      return context !== undefined && object && documents.open(id ?? 'apply', clusters.labelOf(context), object, t('before ↔ after'), PAST);
    }),
    commands.registerCommand(REFRESH_HISTORY, () => history.refresh()),
  );
}

async function planned({ clusters, deploys }: Parts, from: From): Promise<boolean> {
  const chosen = await shown<Chosen | undefined>(() => chooseScope(from));
  if (!chosen) return false;
  const named = from instanceof Uri ? undefined : from?.contexts;
  const contexts = named ?? (await pickTargets(clusters));
  return contexts !== undefined && contexts.length > 0 ? deploys.plan(chosen.title, { contexts, scope: chosen.scope }) : false;
}

/** All connected clusters unless the user takes some away. */
async function pickTargets(clusters: ClusterController): Promise<readonly string[] | undefined> {
  if (clusters.connected.length === 0) await commands.executeCommand(CONNECT);
  const all = clusters.connected;
  if (all.length < 2) return all.map((one) => one.context);
  const items = all.map((one) => ({ label: one.label, description: one.protected ? t('protected') : '', detail: one.context, picked: true, context: one.context }));
  return (await window.showQuickPick(items, { canPickMany: true, title: t('Compare with which clusters?'), placeHolder: t('Nothing is written yet') }))?.map((one) => one.context);
}

/** @param among contexts that are meant; without them, all that are connected */
async function pickOne(clusters: ClusterController, title: string, among?: readonly string[]): Promise<string | undefined> {
  const items = (among?.length ? among : clusters.connected.map((one) => one.context)).map((context) => ({ label: clusters.labelOf(context), detail: context, context }));
  if (items.length === 0) void window.showInformationMessage(t('No cluster is connected.'));
  return items.length < 2 ? items[0]?.context : (await window.showQuickPick(items, { title }))?.context;
}

/** Asks, has the names of protected targets typed, and applies. */
async function confirmed({ deploys, history, clusters }: Parts): Promise<void> {
  if (deploys.isBusy) return;
  if (deploys.state.isStale) {
    if (await deploys.again()) void window.showInformationMessage(t('The files changed, so the plan was made again. Look at it before you apply it.'));
    return;
  }
  const asked = confirmation(deploys.state);
  if (!asked) {
    void window.showInformationMessage(t('There is nothing to write.'));
    return;
  }
  if ((await window.showWarningMessage(asked.message, { modal: true, detail: asked.detail }, asked.yes)) !== asked.yes) return;
  const typed: Record<string, string> = {};
  for (const { context, label } of asked.typed) {
    const text = await window.showInputBox({
      title: t('{0} is protected', label),
      prompt: t('Type the name of its context to go on: {0}', context),
      placeHolder: context,
      ignoreFocusOut: true,
      validateInput: (value) => (value === context || value === '' ? undefined : t('This is not {0}.', context)),
    });
    if (text !== context) return;
    typed[context] = text;
  }
  const resume = deploys.state.kind === 'apply' ? await interrupted({ history, clusters, deploys }) : false;
  if (resume === undefined) return;
  await deploys.apply(typed, resume);
}

/** What an earlier apply left half done has to be decided first; undefined: not now. */
async function interrupted({ history, clusters, deploys }: Pick<Parts, 'history' | 'clusters' | 'deploys'>): Promise<boolean | undefined> {
  for (const target of deploys.state.plan?.targets ?? []) {
    const { unfinished } = await history.of(target.context).catch(() => ({ unfinished: undefined }));
    if (!unfinished) continue;
    const [goOn, back] = [t('Keep It and Go On'), t('Roll It Back')];
    const choice = await window.showWarningMessage(
      t('An earlier apply to {0} was interrupted.', target.label),
      { modal: true, detail: t('{0} of {1} objects had been written.', unfinished.written, unfinished.total) },
      goOn, back,
    );
    if (choice === goOn) return true;
    if (choice === back) await deploys.planRollback(t('Interrupted apply to {0}', clusters.labelOf(target.context)), { context: target.context, id: unfinished.id });
    return undefined;
  }
  return false;
}
