type Argument = string | number;
type Translate = (message: string, ...args: Argument[]) => string;

/** The message itself, with its arguments in the places `{0}`, `{1}` and so on. */
export const fill: Translate = (message, ...args) => message.replace(/\{(\d+)\}/g, (place, i: string) => String(args[Number(i)] ?? place));

let translate: Translate = fill;

/** Called once with the editor's translations; without it (in tests) messages stay as they are written. */
export function useTranslations(to: Translate): void {
  translate = to;
}

/** A text that the user reads, in the language of the editor. The message is its key in l10n/bundle.l10n.<language>.json. */
export const t: Translate = (message, ...args) => translate(message, ...args);
