// Bundles the extension into one file and the webview's page and worker into others, or (--tests) each test into one of its own.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const tests = process.argv.includes('--tests');
const outdir = tests ? 'dist-test' : 'dist';
fs.rmSync(path.join(here, outdir), { recursive: true, force: true });

const common = {
  absWorkingDir: here,
  bundle: true,
  legalComments: 'none', // the licences of all that is inside are written beside the bundles
  metafile: true,
  logLevel: 'warning',
};

const { metafile } = await build({
  ...common,
  entryPoints: tests
    ? fs.readdirSync(path.join(here, 'test')).filter((f) => f.endsWith('.test.ts')).map((f) => `test/${f}`)
    : ['src/extension.ts'],
  outdir,
  outExtension: tests ? { '.js': '.cjs' } : {},
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: tests ? ['typescript'] : ['vscode'],
  alias: tests ? { vscode: './test/stubs/vscode.ts' } : {},
  define: tests ? { __EXTENSION_DIR__: JSON.stringify(here) } : {},
  minify: !tests,
});

if (!tests) {
  const webview = 'src/features/topology/webview';
  const page = await build({
    ...common,
    entryPoints: { topology: `${webview}/main.ts`, layout: `${webview}/layoutWorker.ts` },
    outdir: `${outdir}/webview`,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    minify: true,
  });
  const inputs = { ...metafile.inputs, ...page.metafile.inputs };
  const packages = new Set(Object.keys(inputs).map((f) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(f)?.[1]).filter(Boolean));
  const notices = [...packages].sort().map((dir) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(here, dir, 'package.json'), 'utf8'));
    const file = fs.readdirSync(path.join(here, dir)).find((f) => /^licen[cs]e/i.test(f));
    const text = file ? fs.readFileSync(path.join(here, dir, file), 'utf8').trim() : '';
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  fs.writeFileSync(path.join(here, outdir, 'THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(72)}\n\n`));
}
