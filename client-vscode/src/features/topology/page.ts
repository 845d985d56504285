/** The page around the webview's script. Nothing is loaded from elsewhere, and only our own script runs. */
export interface PageParts {
  /** Origin of the extension's own files, as the webview calls it. */
  readonly source: string;
  readonly script: string;
  readonly style: string;
  readonly worker: string;
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
  /** Translations by the English text. */
  readonly texts: Readonly<Record<string, string>>;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

export function page({ source, script, style, worker, nonce, language, title, texts }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The layout changes places by the style attribute, which only 'unsafe-inline' covers.
    `style-src ${source} 'unsafe-inline'`,
    `connect-src ${source}`,
    'worker-src blob:',
    'img-src blob:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escaped(style)}">
<title>${escaped(title)}</title>
</head>
<body data-worker="${escaped(worker)}" data-texts="${escaped(JSON.stringify(texts))}">
<script nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>
`;
}
