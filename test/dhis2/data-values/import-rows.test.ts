import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importRows } from '#dhis2/data-values/import/import-rows.js';
import { readImportSummary } from '#dhis2/data-values/import/import-summary.js';
import type { DataValueRow } from '#dhis2/data-values/import/refused-rows.js';

const row = (n: number, orgUnit = `ou${n % 7}`): DataValueRow => ({
  dataElement: 'de',
  period: '2026W1',
  orgUnit,
  categoryOptionCombo: `coc${n}`,
  attributeOptionCombo: 'aoc',
  value: String(n),
});

/** The import of 2.43, simplified: one bad value, and no value of the request is written. */
function abortingServer(
  isBad: (row: DataValueRow) => boolean,
  conflict: (bad: DataValueRow[], rows: DataValueRow[]) => object,
) {
  const written = new Set<string>();
  let requests = 0;
  return {
    written,
    requests: () => requests,
    send: async (rows: DataValueRow[]) => {
      requests += 1;
      const bad = rows.filter(isBad);
      if (bad.length === 0)
        for (const { categoryOptionCombo } of rows) written.add(categoryOptionCombo);
      return readImportSummary(
        bad.length > 0 ? 409 : 200,
        bad.length > 0
          ? {
              response: {
                status: 'ERROR',
                importCount: { imported: 0, updated: 0, ignored: rows.length, deleted: 0 },
                conflicts: [conflict(bad, rows)],
              },
            }
          : {
              response: {
                status: 'SUCCESS',
                importCount: { imported: 0, updated: rows.length, ignored: 0, deleted: 0 },
              },
            },
      );
    },
  };
}

describe('an importer that aborts the whole request', () => {
  it('stores every valid row, and every bad row is reported with its code', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(60)),
        fc.integer({ min: 1, max: 60 }),
        async (bad, size) => {
          const isBad = ({ value }: DataValueRow) => bad.includes(Number(value));
          const rows = Array.from({ length: size }, (_, n) => row(n));
          const server = abortingServer(isBad, () => ({
            errorCode: 'E8110',
            value: 'Attribute option combo not found',
            indexes: [-1],
          }));
          const refusals = await importRows(server.send, rows);
          const expected = rows.filter(isBad).map(({ value }) => Number(value));
          expect(refusals.map(({ index }) => index).sort((a, b) => a - b)).toEqual(expected);
          expect(refusals.every(({ code }) => code === 'E8110')).toBe(true);
          expect(server.written.size).toBe(size - expected.length);
        },
      ),
    );
  });

  it('needs one request for each bad row whose number is in the message', async () => {
    const isBad = ({ value }: DataValueRow) => value === '7' || value === '1002';
    const server = abortingServer(isBad, ([bad], rows) => ({
      errorCode: 'E8106',
      value: `Value #${rows.indexOf(bad!).toLocaleString('en-US')} org unit UID is not valid: \`x\``,
      indexes: [-1],
    }));
    const refusals = await importRows(
      server.send,
      Array.from({ length: 1100 }, (_, n) => row(n)),
    );
    expect(refusals.map(({ index }) => index)).toEqual([7, 1002]);
    expect(server.requests()).toBe(3);
  });

  it('keeps the first of several values for one cell', async () => {
    const twice = (rows: DataValueRow[]) => rows.filter(({ value }) => value === '2');
    const isBad = () => true;
    let asked = 0;
    const refusals = await importRows(
      async rows => {
        asked += 1;
        const indexes = twice(rows).map(one => rows.indexOf(one));
        const server = abortingServer(indexes.length > 1 ? isBad : () => false, () => ({
          errorCode: 'E8128',
          value: `Value #[${indexes.join(', ')}] all affect the same data value: \`key\``,
          indexes: rows.map((_, index) => index),
        }));
        return server.send(rows);
      },
      [row(1), row(2), { ...row(2), comment: 'again' }, row(3)],
    );
    expect(refusals.map(({ index, code }) => [index, code])).toEqual([[2, 'E8128']]);
    expect(asked).toBe(2);
  });

  it('needs only one more request if the message names the org units', async () => {
    const isBad = ({ orgUnit }: DataValueRow) => orgUnit === 'ou3' || orgUnit === 'ou5';
    const server = abortingServer(isBad, bad => ({
      errorCode: 'E8022',
      value: `Data set ds not usable with org unit(s): \`${[...new Set(bad.map(({ orgUnit }) => orgUnit))].join(', ')}\``,
      indexes: [],
    }));
    const refusals = await importRows(
      server.send,
      Array.from({ length: 700 }, (_, n) => row(n)),
    );
    expect(refusals).toHaveLength(200);
    expect(server.written.size).toBe(500);
    expect(server.requests()).toBe(2);
  });

  it('finds the bad rows even if the conflict lists all rows', async () => {
    const server = abortingServer(
      ({ value }) => value === '5',
      () => ({
        errorCode: 'E8104',
        value: 'Value #5 data element UID not valid',
        indexes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      }),
    );
    const refusals = await importRows(
      server.send,
      Array.from({ length: 10 }, (_, n) => row(n)),
    );
    expect(refusals.map(({ index }) => index)).toEqual([5]);
  });

  it('stops immediately if the error concerns all rows', async () => {
    const server = abortingServer(
      () => true,
      () => ({ errorCode: 'E8010', value: 'Current user cannot enter data for data set: `ds`' }),
    );
    await expect(importRows(server.send, [row(1), row(2)])).rejects.toMatchObject({
      code: 'IMPORT_ABORTED',
    });
    expect(server.requests()).toBe(1);
  });
});

describe('an importer that refuses single values', () => {
  it('reports the refused rows by the indexes of its conflicts', async () => {
    const summary = {
      httpStatusCode: 409,
      status: 'WARNING',
      response: {
        status: 'WARNING',
        importCount: { imported: 1, updated: 0, ignored: 2, deleted: 0 },
        conflicts: [
          {
            object: 'ou1',
            errorCode: 'E7612',
            value: 'Organisation unit not found',
            indexes: [0, 2],
          },
        ],
      },
    };
    let requests = 0;
    const refusals = await importRows(async () => {
      requests += 1;
      return readImportSummary(409, summary);
    }, [row(0), row(1), row(2)]);
    expect(refusals).toEqual([
      { index: 0, code: 'E7612', message: expect.stringContaining('the org unit does not exist') },
      { index: 2, code: 'E7612', message: expect.stringContaining('the org unit does not exist') },
    ]);
    expect(requests).toBe(1);
  });

  it('may send its summary without a web message, as old servers do', () => {
    const bare = {
      responseType: 'ImportSummary',
      status: 'SUCCESS',
      importCount: { imported: 1, updated: 2, ignored: 3, deleted: 4 },
    };
    expect(readImportSummary(200, bare)).toEqual({ aborted: false, conflicts: [] });
  });

  it('is reported as an error if it gives no summary', () => {
    expect(() => readImportSummary(200, { status: 'OK' })).toThrow(
      /did not report the result of an import/,
    );
  });
});
