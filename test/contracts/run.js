// Runs the command line of the contract tests, which is TypeScript like the tests themselves.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '../..');
process.chdir(root);
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
// Inside the project, so that packages can be resolved from there.
const outfile = path.join(root, `node_modules/.cache/contracts-${process.pid}.mjs`);
await build({
  entryPoints: [path.join(import.meta.dirname, 'cli/main.ts')],
  ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20' },
  external: Object.keys(dependencies),
  ...{ outfile, logLevel: 'warning' },
});
try {
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(process.argv.slice(2));
} finally {
  rmSync(outfile, { force: true });
}
