import { EventEmitter, Uri, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';
import { describe } from './describe';
import { LIVE_OBJECT_METHOD, type LiveObject, type ObjectRef } from './protocol';
import { fileName } from './yaml';

/** Read-only YAML of an object as a cluster has it now. */
export const LIVE_SCHEME = 'gateway-lsp-live';

/** The form without what nobody wrote: for a comparison and for a file. */
export type Form = 'full' | 'clean' | 'describe';

interface Wanted {
  readonly context: string;
  readonly ref: ObjectRef;
  readonly form: Form;
}

/** The query holds what is wanted, so that a document that is open after a restart of the editor still can be read. */
export function liveUri(context: string, ref: ObjectRef, form: Form): Uri {
  const { apiVersion, kind, namespace, name } = ref;
  const wanted: Wanted = { context, ref: { apiVersion, kind, namespace, name }, form };
  const file = form === 'describe' ? fileName(ref).replace(/yaml$/, 'md') : fileName(ref);
  return Uri.from({ scheme: LIVE_SCHEME, path: `/${context.replace(/[^\w.-]+/g, '-')}/${file}`, query: JSON.stringify(wanted) });
}

export class LiveDocuments implements TextDocumentContentProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  private readonly registered = workspace.registerTextDocumentContentProvider(LIVE_SCHEME, this);

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly ask: <T>(method: string, params: object) => Promise<T>,
    private readonly cluster: (context: string) => string,
    private readonly objectOf: (context: string, ref: ObjectRef) => LiveObject | undefined,
  ) {}

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const { context, ref: named, form } = JSON.parse(uri.query) as Wanted;
    const ref = { ...named, namespace: named.namespace ?? '' }; // the server leaves out what is not there
    const text = await this.text(context, ref, form === 'clean' ? 'clean' : 'full');
    if (form !== 'describe') return text;
    const one = this.objectOf(context, ref) ?? { ...ref, state: 'unknown', summary: '', addresses: [] };
    return describe(one, this.cluster(context), text);
  }

  async text(context: string, ref: ObjectRef, form: 'full' | 'clean'): Promise<string> {
    const { apiVersion, kind, namespace, name } = ref;
    const params = { context, apiVersion, kind, name, form, ...(namespace === '' ? {} : { namespace }) };
    return (await this.ask<{ text: string }>(LIVE_OBJECT_METHOD, params)).text;
  }

  /** The clusters changed: what is open is read again. */
  refresh(): void {
    for (const { uri } of workspace.textDocuments) if (uri.scheme === LIVE_SCHEME) this.changed.fire(uri);
  }

  dispose(): void {
    this.registered.dispose();
    this.changed.dispose();
  }
}
