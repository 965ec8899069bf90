import { plainArg } from '#sandbox/dhis2/http/messages.js';
import { registerComplete } from '../completion.js';
import type { ImportRun } from '../import-run.js';
import { DecodeError, decodeGroup, type Group, GroupError } from './decode.js';
import { scopeKeys, validateGroup } from './validate-group.js';
import { validateValues } from './validate-values.js';
import { deleteScope, writeValues } from './write-group.js';

/**
 * The importer since 2.43: the values of a data set are a group. An invalid group is rejected as a
 * whole; only an invalid value is left out alone (dhis2 FACTS §0). The outcome is in the run's
 * summary.
 *
 * @throws Refusal 500 on an invalid period
 */
export function importGroup(run: ImportRun): void {
  try {
    const { dataSet = '', orgUnit = '', period = '', rows } = run.payload;
    const head = `ds=${dataSet} [de= ou=${orgUnit} pe=${period} aoc=${run.payload.attributeOptionCombo ?? ''}]`;
    run.summary.stages.push(`Decoding group ${head}(${rows.length} values)`);
    for (const group of splitByDataSet(run, decodeGroup(run))) {
      // In atomic mode the first group that fails ends the import.
      if (importOneGroup(run, group) || !run.options.atomic) continue;
      run.summary.isAborted = true;
      return;
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    run.summary.isAborted = true;
    addGroupError(run, error, [-1], false);
  }
}

/** Imports a group; returns whether it was written. */
function importOneGroup(run: ImportRun, group: Group): boolean {
  try {
    writeOneGroup(run, group);
    return true;
  } catch (error) {
    if (!(error instanceof GroupError)) throw error;
    addGroupError(
      run,
      error,
      group.values.map(({ index }) => index),
    );
    return false;
  }
}

function writeOneGroup(run: ImportRun, { deletion, values, completion, ...group }: Group): void {
  const { summary, options, store, user } = run;
  const tell = (verb: string, { length }: readonly unknown[]) =>
    summary.stages.push(`${verb} group ds=${group.dataSet ?? ''} (${length} values)`);
  const keys = deletion ? scopeKeys(deletion) : [];
  const dataSet = group.dataSet ?? detectDataSet(run, deletion ? keys : values);
  if (deletion) validateGroup(run, dataSet, keys);
  const isDelete = options.importStrategy === 'DELETE';
  const rows = isDelete ? values.map(value => ({ ...value, deleted: true })) : values;
  tell('Validating', rows);
  if (rows.length > 0) validateGroup(run, dataSet, rows);
  const { valid, errors } = validateValues(run, rows);
  if (options.atomic && errors.length > 0) {
    const [first] = errors;
    if (rows.length === 1) throw new GroupError(first!.code, first!.args);
    const issue = summary.message(first!.code, first!.args);
    throw new GroupError('E8000', [valid.length, rows.length, issue]);
  }

  if (deletion) summary.deleted += deleteScope(run, keys);
  tell(isDelete ? 'Deleting' : 'Upserting', valid);
  writeValues(run, valid);
  // Every written row counts as updated, also a new or an unchanged one (dhis2 FACTS §0).
  if (isDelete) summary.deleted += valid.length;
  else summary.updated += valid.length;
  summary.ignored += errors.length;
  for (const { index, code, args } of errors) addConflict(run, code, args, [index]);
  if (errors.length > 0 && summary.status === 'SUCCESS') {
    summary.status = valid.length > 0 ? 'WARNING' : 'ERROR';
  }
  if (completion && errors.length === 0) {
    if (!options.dryRun) registerComplete(store, user, { ...completion, dataSet });
    summary.dataSetComplete = completion.date;
  }
}

/**
 * The one data set that the data elements are in.
 *
 * @throws GroupError E8002 when they are in several, E8003 when in none
 */
function detectDataSet({ store }: ImportRun, values: readonly { dataElement: string }[]): string {
  const elements = [...new Set(values.map(({ dataElement }) => dataElement))];
  const sets = new Set(
    elements.flatMap(id => store.metadata.dataSetsOf(id).map(({ dataSet }) => dataSet.id)),
  );
  const [first] = sets;
  if (first === undefined) throw new GroupError('E8003', [elements]);
  if (sets.size > 1) throw new GroupError('E8002', [[...sets].sort()]);
  return first;
}

/** With the setting `dataEntryAutoGroup`, one group for the first data set of each data element. */
function splitByDataSet({ store }: ImportRun, group: Group): Group[] {
  const isSplit = group.dataSet === undefined && store.systemSettings.dataEntryAutoGroup;
  if (!isSplit || group.deletion) return [group];
  const groups = new Map<string | undefined, Group>();
  for (const value of group.values) {
    const dataSet = store.metadata.dataSetsOf(value.dataElement)[0]?.dataSet.id;
    const known = groups.get(dataSet);
    if (known) known.values.push(value);
    else groups.set(dataSet, { ...group, dataSet, values: [value] });
  }
  return [...groups.values()];
}

function addGroupError(
  run: ImportRun,
  { code, args }: GroupError,
  indexes: number[],
  isIndexed = true,
): void {
  run.summary.status = 'ERROR';
  addConflict(run, code, args, indexes, isIndexed);
}

function addConflict(
  { summary }: ImportRun,
  code: string,
  args: GroupError['args'],
  indexes: number[],
  isIndexed = true,
): void {
  summary.addConflict({
    objects: { args: args.map(plainArg).join('-') },
    value: summary.message(code, args),
    errorCode: code,
    indexes,
  });
  // The index -1, "somewhere", is not a row (recording 378).
  if (isIndexed) summary.reject(...indexes);
}
