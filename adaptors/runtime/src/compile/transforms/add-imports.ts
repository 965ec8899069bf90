/*
 * Add imports: every name that the job uses, does not declare, and that its adaptor exports is
 * imported from the adaptor. As on OpenFn's hosts, the adaptor is exported again, so that the
 * engine finds an adaptor's own `execute` (openfn FACTS §3, §6).
 */
import type { Job } from '../job.js';

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Adds one import statement for each adaptor whose exports the job uses. */
export function addImports(job: Job): void {
  const wanted = new Set(job.free.map(({ name }) => name));
  const taken = new Set<string>();
  let statements = '';
  for (const { name, exports } of job.adaptors) {
    const used = exports.filter(
      key => key !== 'default' && IDENTIFIER.test(key) && wanted.has(key) && !taken.has(key),
    );
    if (used.length === 0) continue;
    for (const key of used) taken.add(key);
    const from = JSON.stringify(name);
    statements += `import { ${used.join(', ')} } from ${from};\nexport * from ${from};\n`;
  }
  job.text.prepend(statements);
}
