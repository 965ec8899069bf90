import MagicString from 'magic-string';
import { compileJob, type JobSource } from './compile-job.js';
import { parseJob } from './parse-job.js';

/**
 * Compiles a job to a script whose value is a promise of its operations: what a run would run, for
 * a host that only wants to look at them. The script finds the exports of the adaptor in the global
 * `adaptor`. Unlike an ES module, it needs no flag of Node.
 *
 * @throws IntegrationError `JOB_SYNTAX` or `JOB_LAZY_STATE`, kind `configuration`
 * @example
 * compileOperations({ source: 'fn($.data)', file: 'job.js', name: 'job', adaptors });
 * // (async () => { const { fn } = adaptor; ... return [ fn(state => (state.data)) ]; })()
 */
export function compileOperations(job: JobSource): string {
  const { code } = compileJob(job);
  const text = new MagicString(code);
  for (const statement of parseJob(code, job.file).body) {
    const { type, start, end } = statement;
    if (type === 'ImportDeclaration') {
      const names = statement.specifiers.flatMap(specifier => {
        if (specifier.type !== 'ImportSpecifier') return [];
        const { name } = specifier.imported as { name: string };
        return [`${name}: ${specifier.local.name}`];
      });
      text.update(start, end, `const { ${names.join(', ')} } = adaptor;`);
    } else if (type === 'ExportDefaultDeclaration') {
      text.update(start, statement.declaration.start, 'return ');
    } else if (type === 'ExportNamedDeclaration' && statement.declaration) {
      text.remove(start, statement.declaration.start);
    } else if (type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration') {
      text.remove(start, end);
    }
  }
  return `'use strict'; (async () => {\n${text}\n})()`;
}
