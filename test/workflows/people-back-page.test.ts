import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { personView } from '#dhis2/Adaptor.js';
import { loadShippedJob } from '../dhis2/tracker/map-support.js';
import { PROJECT } from '../support/workflow.js';

const SOURCE = path.join(PROJECT, 'adaptors/packages/dhis2/src/tracker/map');

/** Everything that the source of the mapping reports. */
const source = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(path.join(SOURCE, file), 'utf8'))
  .join('\n');

describe('the page of cases-to-tracked-entities', () => {
  const page = readFileSync(path.join(PROJECT, 'jobs/cases-to-tracked-entities/README.md'), 'utf8');

  it('names every reason why the mapping leaves out or rejects something', () => {
    const reasons = [
      ...source.matchAll(/'((?!LNG_)[A-Z]+_[A-Z_]+)'/g),
      ...source.matchAll(/ledger\.add\(\s*(?:[^')]*\? )?'([a-z-]+)'(?: : '([a-z-]+)')?/g),
    ].flatMap(([, ...found]) => found.filter(Boolean));
    expect(reasons).toEqual(
      expect.arrayContaining(['INVALID_DATE', 'BAD_MAPPING', 'unmapped-code', 'with-oneself']),
    );
    expect(reasons).toContain('left-out-by-mapping');
    expect(reasons.filter(reason => !page.includes(`\`${reason}\``))).toEqual([]);
  });

  it('names every option, and every property of a person in the mapping', () => {
    const [, keys] = /const KEYS = \[([^\]]+)\]/.exec(
      readFileSync(path.join(SOURCE, 'options.ts'), 'utf8'),
    )!;
    const options = keys!.match(/\w+/g)!;
    expect(options).toContain('whenDeleted');
    for (const option of options) expect(page).toContain(`| \`${option}\` |`);
    for (const name of Object.keys(personView({ record: {} }))) {
      expect(page).toMatch(new RegExp(`\`${name}[\`(]`));
    }
  });

  it('names the owner of every field', async () => {
    const { owners } = await loadShippedJob();
    const rows = page.split('\n').filter(line => line.startsWith('|'));
    const notTold: string[] = [];
    for (const [field, { owner }] of Object.entries(owners.case!)) {
      const [name = '', rest] = field.split('.');
      const isTold = rows.some(row => {
        const [, own = ''] = row.split('|');
        return own.includes(`\`${rest ?? name}\``) && row.includes(owner);
      });
      if (!isTold && name !== 'documents') notTold.push(field);
    }
    expect(notTold).toEqual([]);
  });

  it('has an example test that works', () => {
    const [, code] = /### To test a mapping\n[^`]*```js\n([^`]*)```/.exec(page)!;
    expect(code).toContain('adaptor.personView({');
    expect(code).toContain("import('./jobs/cases-to-tracked-entities/map-tracked-entities.js')");
  });
});
