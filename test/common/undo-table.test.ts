import { expect, it } from 'vitest';
import { createUndoLedger, readUndoRows, type UndoRow } from '#common/reporting/undo-table.js';

/** A change of a location whose old value is a text of its own. */
function change(number: number, length: number): UndoRow {
  const old = String(number).padEnd(length, 'x');
  return { kind: 'location', id: `l${number}`, change: 'update', field: 'name', old, new: 'New' };
}

const LIMIT = 1_500_000;

it('values are kept up to 1,500,000 characters; changes beyond them are listed with an obstacle', () => {
  const ledger = createUndoLedger();
  const count = 1200;
  for (let n = 0; n < count; n += 1) ledger.add(change(n, 2000));
  const table = ledger.table();
  const rows = [...readUndoRows(table)];
  expect(rows).toHaveLength(count);
  expect(table.total).toBe(count);
  const kept = rows.filter(({ obstacle }) => obstacle === undefined);
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, n) => change(n, 2000)));
  const characters = kept.reduce((sum, { old }) => sum + old!.length, 0);
  expect(characters).toBeLessThanOrEqual(LIMIT);
  expect(characters).toBeGreaterThan(LIMIT - 4000);
  for (const row of rows.slice(kept.length)) {
    expect(row).toMatchObject({ old: null, new: null, obstacle: 'no-room-in-state' });
  }
  expect(JSON.stringify(table).length).toBeLessThan(LIMIT + 100_000);
});

it('a text that many values share counts once, and a short value still has room after a long one', () => {
  const ledger = createUndoLedger();
  const same = { ...change(1, LIMIT - 10), id: 'a' };
  ledger.add(same);
  ledger.add({ ...same, id: 'b' });
  ledger.add(change(2, 100));
  ledger.add({ ...change(3, 5), new: 'New' });
  const obstacles = [...readUndoRows(ledger.table())].map(({ obstacle }) => obstacle);
  expect(obstacles).toEqual([undefined, undefined, 'no-room-in-state', undefined]);
});

it('a change keeps its own obstacle if there is no room for its values', () => {
  const ledger = createUndoLedger();
  ledger.add({ ...change(1, LIMIT + 1), obstacle: 'old-value-not-read' });
  expect([...readUndoRows(ledger.table())]).toMatchObject([
    { obstacle: 'old-value-not-read', new: null },
  ]);
});
