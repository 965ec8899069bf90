import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseFilesToContent } from '#sandbox/main/case-files.js';
import { isUid } from '#sandbox/outbreak/index.js';
import { createFolder } from './support/programs.js';

const CASES = [
  aCase('c1', 'o1', 'SN001'),
  aCase('c2', 'o2', 'SN002'),
  aCase('c3', 'o2', 'ImspTQPwCqd'),
  aCase('c4', 'o2', null),
];

function aCase(id: string, outbreakId: string, locationId: string | null) {
  return { id, outbreakId, addresses: locationId ? [{ locationId }] : [] };
}

function write(name: string, content: unknown): string {
  const file = path.join(createFolder(), name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const load = (orgUnits?: unknown[]) =>
  caseFilesToContent({
    cases: write('cases.json', CASES),
    ...(orgUnits ? { orgUnits: write('units.json', { organisationUnits: orgUnits }) } : {}),
  });

describe('a case list', () => {
  it('gives the outbreak with the most cases the name that the jobs expect', () => {
    const { goData } = load();
    expect(goData.outbreaks!.map(({ id, name }) => [id, name])).toEqual([
      ['o2', 'Demonstration outbreak'],
      ['o1', 'o1'],
    ]);
    expect(goData.users![0]!.activeOutbreakId).toBe('o2');
  });

  it('has an org unit for each location, with the location id as code unless it is a DHIS2 id', () => {
    const { goData, dhis2, warnings } = load();
    const [root, ...units] = dhis2.organisationUnits;
    expect(units.map(({ code, parent }) => [code, parent?.id])).toEqual([
      ['SN001', root!.id],
      ['SN002', root!.id],
      [undefined, root!.id],
    ]);
    expect(dhis2.organisationUnits.every(({ id }) => isUid(id))).toBe(true);
    expect(units[2]!.id).toBe('ImspTQPwCqd');
    const location = goData.locations!.find(({ id }) => id === 'SN001');
    expect(location).toMatchObject({
      identifiers: [{ code: 'SN001' }],
      parentLocationId: root!.id,
    });
    expect(warnings).toEqual([]);
  });

  it('uses given org units by id or code, and names locations without an org unit', () => {
    const { goData, dhis2, warnings } = load([
      { id: 'ImspTQPwCqd', code: 'LAND', name: 'Land', parent: { id: 'aboveTheLnd' }, level: 3 },
      { id: 'O6uvpzGd5pu', code: 'SN001', name: 'District', parent: { id: 'ImspTQPwCqd' } },
    ]);
    expect(dhis2.organisationUnits.map(({ id, parent }) => [id, parent?.id])).toEqual([
      ['ImspTQPwCqd', undefined],
      ['O6uvpzGd5pu', 'ImspTQPwCqd'],
    ]);
    expect(goData.locations!.map(({ id, parentLocationId }) => [id, parentLocationId])).toEqual([
      ['SN001', 'ImspTQPwCqd'],
      ['SN002', null],
    ]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^1 of the 3 locations .* by id or by code.*: SN002\.$/);
  });

  it('can be reported everywhere: the data set is assigned to every org unit', () => {
    const { dhis2 } = load();
    expect(dhis2.dataSets[0]!.organisationUnits.map(({ id }) => id)).toEqual(
      dhis2.organisationUnits.map(({ id }) => id),
    );
  });
});
