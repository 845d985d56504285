import { commands, window, type Disposable } from 'vscode';
import { t } from '../l10n';
import { FOCUS_CLUSTERS, type ClusterController } from '.';
import type { News } from './changes';

/** The same is not told again within this time. */
const AGAIN_MS = 60_000;

/** What can be done about a loss, added by others; null: nothing. */
export type Offer = (news: News) => { readonly title: string; readonly act: () => unknown } | null;

/** Tells the user of clusters that are lost and found, and of objects that fall ill, once each. */
export function tellNews(clusters: ClusterController, offer: Offer): Disposable {
  const told = new Map<string, number>();
  return clusters.onNews(async (news) => {
    // A connection that comes and goes is told of once, not each time.
    const now = Date.now();
    if (now - (told.get(news.message) ?? -Infinity) < AGAIN_MS) return;
    told.set(news.message, now);
    const choices: Record<string, () => unknown> = {};
    const offered = news.isLoss ? offer(news) : null;
    if (offered) choices[offered.title] = offered.act;
    choices[t('Show Clusters')] = () => commands.executeCommand(FOCUS_CLUSTERS);
    const show = news.severity === 'warning' ? window.showWarningMessage : window.showInformationMessage;
    const choice = await show(`Gateway LSP: ${news.message}`, ...Object.keys(choices));
    if (choice !== undefined) await choices[choice]?.();
  });
}
