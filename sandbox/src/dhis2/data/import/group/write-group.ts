import type { ImportRun } from '../import-run.js';
import type { GroupValue } from './decode.js';
import type { Keys } from './validate-group.js';

/**
 * Stores values: each replaces the one with its key; a zero is stored like any number (dhis2 FACTS
 * §0).
 */
export function writeValues(run: ImportRun, values: readonly GroupValue[]): void {
  if (run.options.dryRun) return;
  const { dataValues } = run.store;
  const time = run.now.instant.toISOString();
  for (const { index: _index, period, isComboGiven, isAttributeGiven, ...rest } of values) {
    const next = { ...rest, period: period.id };
    const stored = dataValues.get(next);
    dataValues.set({
      ...next,
      value: next.value ?? stored?.value,
      storedBy: run.user.username,
      created: stored?.created ?? time,
      lastUpdated: time,
    });
  }
}

/** Soft-deletes the values of a scope, or only counts them in a dry run; returns their number. */
export function deleteScope(run: ImportRun, keys: readonly Keys[]): number {
  const { dataValues } = run.store;
  const stored = keys.flatMap(key => dataValues.get({ ...key, period: key.period.id }) ?? []);
  const live = stored.filter(value => !value.deleted);
  if (!run.options.dryRun) {
    const lastUpdated = run.now.instant.toISOString();
    // Unlike a deleted row, the value is emptied (recording 408).
    for (const { value: _value, ...rest } of live) {
      dataValues.set({ ...rest, deleted: true, lastUpdated });
    }
  }
  return live.length;
}
