// Imported before everything else: texts of the page are made as its parts are loaded.
import { fill, useTranslations } from '../../l10n';

/** Texts in the language of the editor, by the English ones; empty for English. */
const bundle = JSON.parse(document.body.dataset.texts ?? '{}') as Readonly<Record<string, string>>;

useTranslations((message, ...args) => fill(bundle[message] ?? message, ...args));
