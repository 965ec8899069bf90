import { describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import { create, destroy, tracker, update, upsert } from '#dhis2/Adaptor.js';
import { attempt, run } from './support.js';

const stats = (created: number, ignored: number) => ({
  ...{ created, updated: 0, deleted: 0, ignored },
  total: created + ignored,
});
const error = {
  errorCode: 'E1064',
  trackerType: 'TRACKED_ENTITY',
  uid: 'PersonAAAA1',
  message: 'x',
};
const TRACKER = {
  'POST /api/tracker': {
    status: 409,
    body: {
      status: 'WARNING',
      stats: stats(3, 1),
      validationReport: { errorReports: [error], warningReports: [] },
    },
  },
};
const VALUES = {
  'POST /api/dataValueSets': {
    status: 409,
    body: {
      responseType: 'ImportSummary',
      status: 'WARNING',
      // One new, one refused, two that DHIS2 has already.
      importCount: { imported: 1, updated: 0, ignored: 3, deleted: 0 },
      conflicts: [{ errorCode: 'E7641', value: 'Period is after latest open', indexes: [1] }],
    },
  },
};
const REGISTRATIONS = {
  'POST /api/completeDataSetRegistrations': {
    body: {
      responseType: 'ImportSummary',
      status: 'WARNING',
      importCount: { imported: 3, updated: 0, ignored: 1, deleted: 0 },
      conflicts: [{ object: 'DataSetAAA1', value: 'Data set not found or not accessible' }],
    },
  },
};
type Policy = { onRejected?: 'report' | 'fail' | { failAbove: number } };
const people = Array.from({ length: 4 }, (_, n) => ({ trackedEntity: `PersonAAAA${n}` }));
const REGISTERED = { completeDataSetRegistrations: [{ period: '202601' }] };

describe('onRejected, if DHIS2 stores 3 of 4', () => {
  it.each([
    [
      'tracker.import',
      (options: Policy) => tracker.import('CREATE', { trackedEntities: people }, options),
      TRACKER,
    ],
    ['create of people', (options: Policy) => create('trackedEntities', people, options), TRACKER],
    ['update', (options: Policy) => update('trackedEntities', '', people, options), TRACKER],
    ['upsert', (options: Policy) => upsert('trackedEntities', {}, people, options), TRACKER],
    ['destroy', (options: Policy) => destroy('trackedEntities', '', people, options), TRACKER],
    [
      'create of data values',
      (options: Policy) => create('dataValueSets', { dataValues: [] }, options),
      VALUES,
    ],
    [
      'create of registrations',
      (options: Policy) => create('completeDataSetRegistrations', REGISTERED, options),
      REGISTRATIONS,
    ],
  ])('decides whether %s fails, after all others are stored', async (_, operation, routes) => {
    for (const onRejected of ['report', { failAbove: 0.25 }] as const) {
      const { next, api } = await run(operation({ onRejected }), routes);
      expect(Object.values(next.report!)).toMatchObject([{ rejectedCount: 1 }]);
      expect(JSON.stringify(api.calls.map(({ query }) => query))).not.toContain('onRejected');
    }
    for (const onRejected of ['fail', { failAbove: 0.2 }] as const) {
      const { outcome, api } = await attempt(operation({ onRejected }), routes);
      await expect(outcome).rejects.toMatchObject({
        code: 'REJECTED',
        message: expect.stringContaining('1 of 4 records were rejected'),
        details: { report: { rejectedCount: 1 } },
      });
      expect(api.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
    }
    const { outcome, api } = await attempt(operation({ onRejected: 'stop' as never }), routes);
    await expect(outcome).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect(api.calls).toHaveLength(0);
  });

  it('leaves the report of a step that fails in the state that the engine keeps', async () => {
    let state: State = {};
    const { outcome } = await attempt(given => {
      state = given;
      return tracker.import('CREATE', { trackedEntities: people }, { onRejected: 'fail' })(given);
    }, TRACKER);
    await expect(outcome).rejects.toMatchObject({ code: 'REJECTED' });
    expect(state.report).toMatchObject({ 'tracker-import': { created: 3, rejectedCount: 1 } });
  });

  it('does not fail a dry run', async () => {
    const dryRun = { dryRun: true, onRejected: 'fail' } as const;
    const { next } = await run(create('dataValueSets', { dataValues: [] }, dryRun), VALUES);
    expect(next.report).toMatchObject({ 'data-value-import': { rejectedCount: 1 } });
    const rehearsed = tracker.import('CREATE', { trackedEntities: people }, dryRun);
    await expect(run(rehearsed, TRACKER)).resolves.toBeDefined();
  });

  it.each([
    ['create', create('dataElements', { name: 'x' }, { onRejected: 'fail' })],
    ['update', update('dataElements', 'a', { name: 'x' }, { onRejected: 'fail' })],
    ['destroy', destroy('dataElements', 'a', null, { onRejected: 'fail' })],
  ])('is refused by %s of what DHIS2 stores as a whole', async (_, operation) => {
    const { outcome, api } = await attempt(operation, {});
    await expect(outcome).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining('onRejected: is for what DHIS2 stores in part'),
    });
    expect(api.calls).toHaveLength(0);
  });
});
