import { describe, expect, it } from 'vitest';
import { create, dataValue, dataValueSet } from '#dhis2/Adaptor.js';
import { attempt, run } from './support.js';

const IMPORT = 'POST /api/dataValueSets';
const counts = (imported: number, ignored = 0) => ({ imported, updated: 0, ignored, deleted: 0 });
const summary = (status: string, importCount: object, conflicts: object[] = []) => ({
  responseType: 'ImportSummary',
  status,
  importCount,
  conflicts,
});
const message = (status: string, response: object) => ({ httpStatus: 'x', status, response });
const success = message('OK', summary('SUCCESS', counts(1)));
const AFTER_OPEN = 'DHIS2 refuses it: the period is after the latest open period of the data set.';
const conflict = { errorCode: 'E7641', value: 'Period is after latest open', indexes: [1] };
const cell = { period: '2026W10', orgUnit: 'o' };
const values = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...cell, dataElement: `d${index}`, value: '1' }));

describe("create('dataValueSets')", () => {
  it('writes the summary into data', async () => {
    const payload = {
      dataSet: 's',
      dataValues: [{ ...cell, dataElement: 'd', value: dataValue('n') }],
    };
    const routes = { [IMPORT]: { body: success } };
    const { next, api } = await run(create('dataValueSets', payload, { dryRun: true }), routes, {
      data: { n: 7 },
    });
    expect(next.data).toEqual(success);
    expect(next.report).toBeUndefined();
    expect(api.calls[0]).toMatchObject({
      body: { dataSet: 's', dataValues: [{ ...cell, dataElement: 'd', value: '7' }] },
      query: { dryRun: ['true'] },
    });
  });

  it.each([
    [
      'inside a web message, with status 409',
      409,
      message('WARNING', summary('WARNING', counts(5, 1), [conflict])),
    ],
    ['with status 200', 200, message('WARNING', summary('WARNING', counts(5, 1), [conflict]))],
    ['bare', 409, summary('WARNING', counts(5, 1), [conflict])],
  ])('reports refused values, %s, and continues', async (_, status, body) => {
    const { next } = await run(create('dataValueSets', { dataValues: [] }), {
      [IMPORT]: { status, body },
    });
    expect(next.data).toEqual(body);
    expect(next.report).toEqual({
      'data-value-import': {
        created: 5,
        updated: 0,
        rejectedCount: 1,
        rejected: [{ kind: 'data value', id: '1', code: 'E7641', message: AFTER_OPEN }],
      },
    });
  });

  it('reports nothing if the values were stored already', async () => {
    const body = message('OK', summary('SUCCESS', counts(0, 3)));
    const { next } = await run(create('dataValueSets', {}), { [IMPORT]: { body } });
    expect(next.report).toBeUndefined();
  });

  it('fails if nothing was stored', async () => {
    const body = message(
      'ERROR',
      summary('ERROR', counts(0, 2), [{ errorCode: 'E8022', value: 'Org unit', indexes: [] }]),
    );
    const { outcome } = await attempt(create('dataValueSets', {}), {
      [IMPORT]: { status: 409, body },
    });
    await expect(outcome).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
      details: { conflicts: [{ code: 'E8022' }] },
    });
    const denied = await attempt(create('dataValueSets', {}), {
      [IMPORT]: { status: 403, body: {} },
    });
    await expect(denied.outcome).rejects.toMatchObject({ code: 'MISSING_PERMISSION' });
  });

  it('sends many values in parts, and reports their positions in the payload', async () => {
    const warning = message('WARNING', summary('WARNING', counts(999, 1), [conflict]));
    const { next, api } = await run(
      create('dataValueSets', { dataSet: 's', dataValues: values(2500) }),
      {
        [IMPORT]: [{ body: success }, { body: warning }, { body: success }],
      },
    );
    expect(
      api.calls.map(({ body }) => (body as { dataValues: object[] }).dataValues.length),
    ).toEqual([1000, 1000, 500]);
    expect(api.calls.every(({ body }) => (body as { dataSet: string }).dataSet === 's')).toBe(true);
    expect(next.data).toMatchObject({
      response: {
        status: 'WARNING',
        importCount: counts(1001, 1),
        conflicts: [{ indexes: [1001] }],
      },
    });
    expect(next.report).toMatchObject({ 'data-value-import': { rejected: [{ id: '1001' }] } });
  });

  it.each([
    ['completeDate', { completeDate: '2026-03-01' }, {}],
    ['deletion', { deletion: {} }, {}],
    ['atomic', {}, { atomic: true }],
  ])('never splits values with %s', async (_, header, params) => {
    const payload = { ...header, dataValues: values(1500) };
    const { api } = await run(create('dataValueSets', payload, params), {
      [IMPORT]: { body: success },
    });
    expect(api.calls).toHaveLength(1);
  });

  it('waits for a background import', async () => {
    const started = { response: { id: 'j', jobType: 'DATAVALUE_IMPORT' } };
    const { next, api } = await run(create('dataValueSets', {}, { async: true }), {
      [IMPORT]: { body: started },
      'GET /api/system/tasks/DATAVALUE_IMPORT/j': { body: [{ completed: true }] },
      'GET /api/system/taskSummaries/DATAVALUE_IMPORT/j': { body: summary('SUCCESS', counts(4)) },
    });
    expect(api.calls[0]!.query.async).toEqual(['true']);
    expect(next.data).toMatchObject({ response: { id: 'j', importCount: counts(4) } });
  });

  it('is repeated after a lost answer: values are addressed by their cell', async () => {
    const { api } = await run(create('dataValueSets', {}), {
      [IMPORT]: [{ status: 503, body: {} }, { body: success }],
    });
    expect(api.calls).toHaveLength(2);
  });
});

describe('dataValueSet', () => {
  it('keeps the data for the next operation, and adds the answer at the start of the references', async () => {
    const operation = dataValueSet({
      ...cell,
      dataValues: [{ dataElement: 'd', value: dataValue('n') }],
    });
    const { next, api } = await run(
      operation,
      { [IMPORT]: { body: success } },
      { data: { n: 1 }, references: ['old'] },
    );
    expect(next).toMatchObject({
      data: { n: 1 },
      references: [{ statusCode: 200, body: success }, 'old'],
    });
    expect(api.calls[0]!.body).toEqual({
      ...cell,
      dataValues: [{ dataElement: 'd', value: '1' }],
    });
  });
});
