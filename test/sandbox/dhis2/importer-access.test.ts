import { describe, expect, it } from 'vitest';
import { aServer, codes } from './support/client.js';
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
const set = (...dataValues: object[]) => ({ dataSet: ID.dataSet, dataValues });

describe.each(Object.entries(EXPECTED))('the rights to write in %s', (version, { isGroup }) => {
  const start = (seed = aSeed()) => aServer({ version, seed });

  it('refuses a user without the right to enter data', async () => {
    const seed = aSeed();
    seed.users[0]!.authorities = [];
    const server = await start(seed);
    const { status, body } = await server.post('/api/dataValueSets', set(CELL));
    expect(status).toBe(403);
    expect(body.message).toBe('Access is denied, requires one Authority from [F_DATAVALUE_ADD]');
  });

  it('refuses a user without the right to write to the data set', async () => {
    const server = await start(aSeed({ writeAccess: ['somebody'] }));
    const summary = await server.importValues(set(CELL));
    expect(codes(summary)).toEqual([isGroup ? 'E8010' : 'E7601']);
    expect(summary.status).toBe('ERROR');
    expect((await server.importValues(set(CELL), '', 'admin')).status).toBe('SUCCESS');
  });

  it('refuses an org unit outside the capture hierarchy of the user', async () => {
    const seed = aSeed();
    seed.users[0]!.organisationUnits = [{ id: ID.otherDistrict }];
    const server = await start(seed);
    expect(codes(await server.importValues(set(CELL)))).toEqual([isGroup ? 'E8011' : 'E7617']);
  });

  it('refuses a category option that the user may not write to', async () => {
    const seed = aSeed();
    seed.categoryOptions[1]!.writeAccess = [];
    const server = await start(seed);
    expect(codes(await server.importValues(set(CELL)))).toEqual([isGroup ? 'E8012' : 'E7614']);
  });

  it('closes a period after its expiry days, except for users who may edit expired data', async () => {
    const seed = aSeed({ expiryDays: 3 });
    const server = await start(seed);
    expect((await server.importValues(set(CELL))).status).toBe('SUCCESS');
    const late = await server.importValues(set({ ...CELL, period: '2026W32' }));
    expect(codes(late)).toEqual([isGroup ? 'E8030' : 'E7640']);
    seed.users[0]!.authorities.push('F_EDIT_EXPIRED');
    const lenient = await start(seed);
    const summary = await lenient.importValues(set({ ...CELL, period: '2026W32' }));
    expect(summary.status).toBe('SUCCESS');
  });

  it('opens the current week, but not the next, with one open future period', async () => {
    const server = await start(aSeed({ openFuturePeriods: 1 }));
    expect((await server.importValues(set({ ...CELL, period: '2026W34' }))).status).toBe('SUCCESS');
    const future = await server.importValues(set({ ...CELL, period: '2026W35' }));
    expect(codes(future)).toEqual([isGroup ? 'E8030' : 'E7641']);
  });

  it('closes periods outside the input periods; 2.43.1 closes those inside them', async () => {
    const isInverted = version === '2.43';
    const code = isGroup ? ['E8030'] : ['E7643'];
    const window = { openingDate: '2026-08-17', closingDate: '2026-08-18' };
    const server = await start(
      aSeed({
        dataInputPeriods: [{ period: { id: '2026W33' } }, { period: { id: '2026W32' }, ...window }],
      }),
    );
    const open = await server.importValues(set(CELL));
    expect(codes(open)).toEqual(isInverted ? code : []);
    const closed = await server.importValues(set({ ...CELL, period: '2026W32' }));
    expect(codes(closed)).toEqual(isInverted ? [] : code);
    const unnamed = await server.importValues(set({ ...CELL, period: '2026W31' }));
    expect(codes(unnamed)).toEqual(code);
  });
});
