import { describe, expect, it } from 'vitest';
import { aServer, codes, counts } from './support/client.js';
import { aSeed, ID } from './support/seed.js';
import { EXPECTED } from './support/versions.js';

const CELL = {
  dataElement: ID.cases,
  period: '2026W33',
  orgUnit: ID.facility,
  categoryOptionCombo: ID.young,
  attributeOptionCombo: ID.default,
  value: '7',
};
const OTHER = { ...CELL, categoryOptionCombo: ID.old, value: '8' };
const set = (...dataValues: object[]) => ({ dataSet: ID.dataSet, dataValues });

describe.each(Object.entries(EXPECTED))('the importer of %s', (version, expected) => {
  const { isGroup } = expected;
  const start = (seed = aSeed()) => aServer({ version, seed });

  it('answers 200 and an envelope when every value is correct', async () => {
    const server = await start();
    const { status, body } = await server.post('/api/dataValueSets', set(CELL));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      httpStatus: 'OK',
      httpStatusCode: 200,
      status: 'OK',
      message: 'Import was successful.',
      response: { responseType: 'ImportSummary', status: 'SUCCESS', conflicts: [] },
    });
    expect(body.response.importCount).toEqual({
      imported: isGroup ? 0 : 1,
      updated: isGroup ? 1 : 0,
      ignored: 0,
      deleted: 0,
    });
    expect('rejectedIndexes' in body.response).toBe(expected.rejectedIndexes);
    expect('description' in body.response).toBe(!isGroup);
  });

  it('counts an unchanged value as its version does', async () => {
    const server = await start();
    await server.importValues(set(CELL));
    const summary = await server.importValues(set(CELL));
    expect(summary.status).toBe('SUCCESS');
    expect(counts(summary)).toEqual(expected.unchanged);
    expect(summary.rejectedIndexes ?? []).toEqual([]);
  });

  it('writes the correct value beside an invalid one, with status WARNING', async () => {
    const server = await start();
    const summary = await server.importValues(set(CELL, { ...OTHER, value: '-1' }));
    expect(summary).toMatchObject({ http: expected.warningStatus, status: 'WARNING' });
    expect(summary.message).toMatch(
      isGroup ? /^Import completed with warnings/ : /^One more conflicts encountered/,
    );
    expect(counts(summary)).toEqual(isGroup ? [0, 1, 0, 1] : [1, 0, 0, 1]);
    expect(codes(summary)).toEqual([isGroup ? 'E8122' : 'E7619']);
    expect(summary.conflicts[0]!.indexes).toEqual([1]);
    if (expected.rejectedIndexes) expect(summary.rejectedIndexes).toEqual([1]);
    expect(server.store.dataValues.list()).toHaveLength(1);
  });

  it.each([
    ['an unknown data element', { dataElement: 'UnknownElmt' }, 'E7610', 'E8020'],
    ['an unknown org unit', { orgUnit: 'UnknownUnit' }, 'E7612', 'E8022'],
    ['an unknown category option combo', { categoryOptionCombo: 'UnknownCoc1' }, 'E7613', 'E8024'],
    [
      'an unknown attribute option combo',
      { attributeOptionCombo: 'UnknownCoc1' },
      'E7615',
      'E8023',
    ],
    ['a week that has not ended', { period: '2026W34' }, 'E7641', 'E8030'],
  ])('rejects %s: the value, or its whole group', async (_, fields, oldCode, newCode) => {
    const server = await start();
    const summary = await server.importValues(set(CELL, { ...OTHER, ...fields }));
    expect(summary.http).toBe(409);
    expect(codes(summary)).toEqual([isGroup ? newCode : oldCode]);
    expect(summary.status).toBe(isGroup ? 'ERROR' : 'WARNING');
    expect(counts(summary)).toEqual(isGroup ? [0, 0, 0, 0] : [1, 0, 0, 1]);
    expect(summary.conflicts[0]!.indexes).toEqual(isGroup ? [0, 1] : [1]);
  });

  const monthly = { ...CELL, period: '202607' };
  it.each([
    [
      'a data element of another data set',
      { ...CELL, dataElement: ID.elsewhere, categoryOptionCombo: ID.default },
      'E7633',
      'E8020',
    ],
    [
      'an org unit that is not assigned to the data set',
      { ...CELL, orgUnit: ID.unassigned },
      'E7636',
      'E8022',
    ],
    ['a period of another type', monthly, 'E7632', 'E8021'],
    [
      'a combo of another disaggregation',
      { ...CELL, categoryOptionCombo: ID.default },
      'E7634',
      'E8024',
    ],
    [
      'an attribute option combo of another combo',
      { ...CELL, attributeOptionCombo: ID.old },
      'E7635',
      'E8023',
    ],
  ])('accepts %s only up to 2.42 and without strict flags', async (_, row, oldCode, newCode) => {
    const server = await start();
    const strict =
      '?strictPeriods=true&strictDataElements=true&strictCategoryOptionCombos=true' +
      '&strictAttributeOptionCombos=true&strictOrganisationUnits=true';
    const refused = await server.importValues(set(row), strict);
    expect(codes(refused)).toEqual([isGroup ? newCode : oldCode]);
    expect(server.store.dataValues.list()).toEqual([]);
    const lenient = await server.importValues(set(row));
    expect(lenient.status).toBe(isGroup ? 'ERROR' : 'SUCCESS');
    expect(server.store.dataValues.list()).toHaveLength(isGroup ? 0 : 1);
  });

  it('treats two rows with one key as its version does', async () => {
    const server = await start();
    const summary = await server.importValues(set(CELL, OTHER, { ...CELL, value: '9' }));
    if (isGroup) {
      expect(codes(summary)).toEqual(['E8128']);
      expect(summary.rejectedIndexes).toEqual([0, 1, 2]);
      expect(server.store.dataValues.list()).toEqual([]);
    } else {
      expect(summary.status).toBe('SUCCESS');
      // Of rows for a new key the first is kept; the others are not counted.
      expect(counts(summary)).toEqual([2, 0, 0, 0]);
      expect(server.store.dataValues.get(CELL)?.value).toBe('7');
      await server.importValues(set({ ...CELL, value: '10' }, { ...CELL, value: '11' }));
      expect(server.store.dataValues.get(CELL)?.value).toBe('11');
    }
  });

  it('handles an insignificant zero as its version does', async () => {
    const server = await start();
    const cell = { ...CELL, dataElement: ID.contacts, categoryOptionCombo: ID.default };
    const fresh = await server.importValues(set({ ...cell, value: '0' }));
    expect(counts(fresh)).toEqual(isGroup ? [0, 1, 0, 0] : [0, 0, 0, 0]);
    await server.importValues(set({ ...cell, value: '5' }));
    const fallen = await server.importValues(set({ ...cell, value: '0' }));
    expect(counts(fallen)).toEqual(isGroup ? [0, 1, 0, 0] : [0, 0, 1, 0]);
    expect(server.store.dataValues.get(cell)?.deleted).toBe(!isGroup);
  });

  it('lets the header override the rows, or the rows override the header', async () => {
    const server = await start();
    const header = { period: '2026W32', orgUnit: ID.district };
    await server.importValues({ ...set(CELL), ...header });
    const [stored] = server.store.dataValues.list();
    expect(stored).toMatchObject(isGroup ? { period: '2026W33', orgUnit: ID.facility } : header);
  });

  it('stores a period under its canonical id', async () => {
    const server = await start();
    await server.importValues(set({ ...CELL, period: '2026W05' }));
    expect(server.store.dataValues.list()[0]?.period).toBe('2026W5');
  });

  it('writes nothing in a dry run, but counts as in a real one', async () => {
    const server = await start();
    const summary = await server.importValues(set(CELL, OTHER), '?dryRun=true');
    expect(counts(summary)).toEqual(isGroup ? [0, 2, 0, 0] : [2, 0, 0, 0]);
    expect(server.store.dataValues.list()).toEqual([]);
  });

  it('restores a deleted value when it is sent again', async () => {
    const server = await start();
    await server.importValues(set(CELL));
    await server.importValues(set({ ...CELL, value: undefined, deleted: true }));
    expect(server.store.dataValues.get(CELL)?.deleted).toBe(true);
    const summary = await server.importValues(set(CELL));
    expect(counts(summary)).toEqual(isGroup ? [0, 1, 0, 0] : [1, 0, 0, 0]);
    expect(server.store.dataValues.get(CELL)).toMatchObject({ deleted: false, value: '7' });
  });

  it('refuses malformed JSON', async () => {
    const server = await start();
    const { status, body } = await server.post('/api/dataValueSets', '{"dataValues":[');
    expect(status).toBe(isGroup ? 400 : 409);
    if (isGroup) expect(body.response).toBeUndefined();
    else expect(body.response.description).toMatch(/^The import process failed: /);
  });

  it('refuses a text that is not a period', async () => {
    const server = await start();
    const { status, body } = await server.post(
      '/api/dataValueSets',
      set({ ...CELL, period: '2026-W33' }),
    );
    expect(status).toBe(isGroup ? 500 : 409);
    if (!isGroup) expect(body.response.conflicts[0].errorCode).toBe('E7611');
  });

  it('answers /api/37 without the envelope up to 2.41', async () => {
    const server = await start();
    const { body } = await server.post('/api/37/dataValueSets', set(CELL));
    const isPlain = body.responseType === 'ImportSummary';
    expect(isPlain).toBe(expected.plainResponse);
  });

  it('accepts codes as identifiers', async () => {
    const server = await start();
    const row = { ...CELL, dataElement: 'CASES', orgUnit: 'FA' };
    const summary = await server.importValues(
      { dataSet: 'WEEKLY', dataValues: [row] },
      '?dataElementIdScheme=code&orgUnitIdScheme=code&dataSetIdScheme=CODE',
    );
    expect(summary.status).toBe('SUCCESS');
    expect(server.store.dataValues.get(CELL)?.value).toBe('7');
  });

  it('refuses an unknown strategy, an unknown identifier scheme and an option that the sandbox does not support', async () => {
    const server = await start();
    const strategy = await server.post('/api/dataValueSets?importStrategy=REPLACE', set(CELL));
    expect(strategy.status).toBe(400);
    const scheme = await server.post('/api/dataValueSets?dataElementIdScheme=FOO', set(CELL));
    expect(scheme.status).toBe(400);
    const unknown = await server.post('/api/dataValueSets?skipExistingCheck=true', set(CELL));
    expect(unknown.status).toBe(501);
    expect(unknown.body.message).toMatch(
      /^The sandbox does not support the option skipExistingCheck/,
    );
    expect(server.store.dataValues.list()).toEqual([]);
  });

  it('stores values with dryrun=true, which is not a parameter', async () => {
    const server = await start();
    expect((await server.importValues(set(CELL), '?dryrun=true')).status).toBe('SUCCESS');
    expect(server.store.dataValues.list()).toHaveLength(1);
  });

  it('accepts CSV, and values that refer to data elements by an attribute', async () => {
    const seed = aSeed();
    const element = seed.dataElements.find(({ id }) => id === ID.cases)!;
    seed.attributes = [{ id: 'AttributeAA', name: 'Key elsewhere', valueType: 'TEXT' }];
    element.attributeValues = [{ attribute: { id: 'AttributeAA' }, value: 'EXT' }];
    const server = await start(seed);
    const head = 'dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value';
    const text = `${head}\nEXT,${CELL.period},${CELL.orgUnit},${CELL.categoryOptionCombo},,33\n`;
    const query = `dataSet=${ID.dataSet}&dataElementIdScheme=ATTRIBUTE:AttributeAA`;
    const headers = { 'content-type': 'application/csv' };
    const init = { method: 'POST', headers, body: text };
    const { status } = await server.request(`/api/dataValueSets?${query}`, init);
    expect(status).toBe(200);
    expect(server.store.dataValues.get(CELL)?.value).toBe('33');
  });
});
