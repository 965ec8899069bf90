import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Operation } from '#common/operations/operation.js';
import * as dhis2 from '#dhis2/Adaptor.js';
import * as godata from '#godata/Adaptor.js';
import { aCase } from '../support/outbreak.js';
import { PROJECT, startServers } from '../support/workflow.js';

const HANDOVER = path.join(PROJECT, 'adaptors/common/src/handover');
const PAGE = readFileSync(path.join(HANDOVER, 'README.md'), 'utf8');

/** The first code block in a language below the heading of a format. */
function block(format: string, language: 'js' | 'json'): string {
  const section = PAGE.split(/^## /m).find(text => text.startsWith(`${format}\n`)) ?? '';
  const found = new RegExp(`\`\`\`${language}\\n(.*?)\n\`\`\``, 's').exec(section);
  if (!found) throw new Error(`${format} has no example in ${language}.`);
  return found[1]!;
}

const example = (format: string) => JSON.parse(block(format, 'json'));

/** The operation that a code block calls, with an adaptor's names, as in a job. */
function operationOf(adaptor: object, code: string): Operation {
  const names = Object.entries(adaptor).filter(([name]) => /^[A-Za-z]\w*$/.test(name));
  const call = new Function(...names.map(([name]) => name), `return ${code}`);
  return call(...names.map(([, value]) => value));
}

const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));

describe('the page of the formats between steps', () => {
  it.each([
    ['FetchedOrgUnitBatch', 'MappedLocationBatch', godata],
    ['FetchedLocationBatch', 'MappedOrgUnitBatch', dhis2],
    ['FetchedOptionBatch', 'MappedReferenceDataBatch', godata],
    ['FetchedTrackedEntityBatch', 'MappedPeopleBatch', godata],
    ['FetchedPeopleBatch', 'MappedTrackedEntityBatch', dhis2],
  ])('shows a %s, and the %s that its mapping creates', async (fetched, mapped, adaptor) => {
    const map = operationOf(adaptor, block(mapped, 'js'));
    const { data } = await map({ data: example(fetched), configuration: {} });
    expect(asJson(data)).toEqual(example(mapped));
  });

  it('shows a Tally, and the AggregateReport that its mapping creates', async () => {
    const women = [1, 2, 3].map(() => aCase({ sex: 'FEMALE', date: '2026-03-04' }));
    const men = [1, 2].map(() => aCase({ sex: 'MALE', date: '2026-03-04' }));
    const servers = await startServers({ people: [...women, ...men] });
    try {
      const counted = await operationOf(
        godata,
        block('Tally', 'js'),
      )({
        configuration: servers.credentials.godata,
        today: '2026-03-31',
      });
      expect(asJson(counted.data)).toEqual(example('Tally'));
      const aggregated = await operationOf(
        dhis2,
        block('AggregateReport', 'js'),
      )({
        data: example('Tally'),
        configuration: servers.credentials.dhis2,
      });
      expect(asJson(aggregated.data)).toEqual(example('AggregateReport'));
    } finally {
      await servers.close();
    }
  });

  it('links to every file of its folder, and to no other', () => {
    const linked = [...PAGE.matchAll(/\]\(([^)]+\.ts)\)/g)].map(match => match[1]!);
    const files = readdirSync(HANDOVER).filter(file => file.endsWith('.ts'));
    expect([...new Set(linked)].sort()).toEqual(files.sort());
  });
});
