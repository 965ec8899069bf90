import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadShippedJob } from '../dhis2/tracker/map-support.js';
import { PROJECT } from '../support/workflow.js';

const SOURCE = path.join(PROJECT, 'adaptors/packages/dhis2/src/tracker/map');

const mappingPage = readFileSync(path.join(PROJECT, 'jobs/people/README.md'), 'utf8');

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
    const pages = `${page}${mappingPage}`;
    expect(reasons.filter(reason => !pages.includes(`\`${reason}\``))).toEqual([]);
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
});
