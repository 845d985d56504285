// What of the editor's API the tests need in place of it; esbuild.mjs puts it there. What happened is in `seen`.
import path from 'node:path';

type Listener<T> = (value: T) => unknown;

export const seen = {
  errors: [] as { message: string; actions: string[] }[],
  informations: [] as string[],
  opened: [] as string[],
  executed: [] as unknown[][],
  contexts: new Map<string, unknown>(),
  commands: new Map<string, (...args: never[]) => unknown>(),
  settings: new Map<string, unknown>(),
  /** The title of the action that is chosen next. */
  choice: undefined as string | undefined,
};

export function forget(): void {
  for (const list of [seen.errors, seen.informations, seen.opened, seen.executed]) list.length = 0;
  for (const map of [seen.contexts, seen.commands, seen.settings]) map.clear();
  seen.choice = undefined;
}

export class Disposable {
  constructor(readonly dispose: () => void) {}

  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

export class Uri {
  private constructor(readonly scheme: string, readonly path: string, readonly query: string) {}

  static from({ scheme, path: at = '', query = '' }: { scheme: string; path?: string; query?: string }): Uri {
    return new Uri(scheme, at, query);
  }

  static file(at: string): Uri {
    return new Uri('file', at, '');
  }

  static parse(text: string): Uri {
    const [, scheme = '', rest = ''] = /^([\w.+-]+):(?:\/\/[^/]*)?(.*)$/.exec(text) ?? [];
    const [at = '', query = ''] = rest.split('?');
    return new Uri(scheme, decodeURIComponent(at), query);
  }

  static joinPath(base: Uri, ...parts: string[]): Uri {
    return new Uri(base.scheme, path.posix.join(base.path, ...parts), '');
  }

  toString(): string {
    return `${this.scheme}://${this.path}${this.query === '' ? '' : `?${this.query}`}`;
  }
}

export const ViewColumn = { Active: -1, Beside: -2, One: 1 };
export class Position {}
export class Range {}
export class ThemeColor {}
export class Location {}
export class WorkspaceEdit {}
export const FileType = {};
export const TextEditorRevealType = {};
export const ProgressLocation = {};

export const commands = {
  registerCommand(name: string, act: (...args: never[]) => unknown): Disposable {
    seen.commands.set(name, act);
    return new Disposable(() => seen.commands.delete(name));
  },
  executeCommand(name: string, ...args: unknown[]): Promise<unknown> {
    if (name === 'setContext') seen.contexts.set(args[0] as string, args[1]);
    else seen.executed.push([name, ...args]);
    return Promise.resolve(undefined);
  },
};

export const window = {
  activeTextEditor: undefined as unknown,
  visibleTextEditors: [],
  showErrorMessage(message: string, ...actions: string[]): Promise<string | undefined> {
    seen.errors.push({ message, actions });
    return Promise.resolve(seen.choice);
  },
  showInformationMessage(message: string): Promise<undefined> {
    seen.informations.push(message);
    return Promise.resolve(undefined);
  },
};

export const workspace = {
  isTrusted: true,
  workspaceFolders: undefined,
  getConfiguration: (section: string) => ({ get: (name: string, fallback: unknown) => seen.settings.get(`${section}.${name}`) ?? fallback }),
  onDidChangeConfiguration: () => new Disposable(() => undefined),
  registerTextDocumentContentProvider: () => new Disposable(() => undefined),
  asRelativePath: (uri: Uri | string) => (typeof uri === 'string' ? uri : uri.path).replace(/^\/w\//, ''),
};

export const env = {
  language: 'en',
  openExternal(uri: Uri): Promise<boolean> {
    seen.opened.push(uri.toString());
    return Promise.resolve(true);
  },
};

export const l10n = { bundle: undefined, t: (text: string) => text };
