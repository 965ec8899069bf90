import type { Period } from '#common/periods/index.js';
import { type MessageArg, plainArg } from '#sandbox/dhis2/http/messages.js';
import { Refusal } from '#sandbox/dhis2/http/web-message.js';
import type { Completion } from '../completion.js';
import type { ImportRun } from '../import-run.js';
import type { Lookup } from '../lookup.js';
import type { IdScheme } from '../options.js';
import type { Row } from '../payload.js';

/** A value of a group; its ids are UIDs of objects that need not exist. */
export interface GroupValue {
  index: number;
  dataElement: string;
  period: Period;
  orgUnit: string;
  categoryOptionCombo: string;
  attributeOptionCombo: string;
  /** Whether the payload named the combo; otherwise it is the default one. */
  isComboGiven: boolean;
  isAttributeGiven: boolean;
  value: string | undefined;
  comment: string | undefined;
  followup: boolean | undefined;
  deleted: boolean;
}

export interface GroupScope {
  orgUnits: string[];
  periods: Period[];
  elements: Pick<
    GroupValue,
    | 'dataElement'
    | 'categoryOptionCombo'
    | 'attributeOptionCombo'
    | 'isComboGiven'
    | 'isAttributeGiven'
  >[];
}

/** A group of values as one payload requests it; `dataSet` can be absent and is then detected. */
export interface Group {
  dataSet: string | undefined;
  completion: Omit<Completion, 'dataSet'> | undefined;
  deletion: GroupScope | undefined;
  values: GroupValue[];
}

/** Rejects a whole group; `indexes` are the rows of the payload that the error concerns. */
export class GroupError extends Error {
  constructor(
    readonly code: string,
    readonly args: readonly MessageArg[],
  ) {
    super(code);
  }
}

/** An error in a payload's identifiers, before there is a group (dhis2 FACTS §1.3: index -1). */
export class DecodeError extends GroupError {}

/** The form of a UID (dhis2 FACTS §4.1). */
const UID = /^[a-zA-Z][a-zA-Z0-9]{10}$/;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Decodes a payload into a group, as the importer since 2.43 does. A row's own period, org unit and
 * attribute option combo override the header's (dhis2 FACTS §0). Of UIDs only the form is checked
 * here.
 *
 * @throws DecodeError on an identifier that is missing, malformed or unknown
 * @throws Refusal 500 on an invalid period (dhis2 LIVE 176)
 */
export function decodeGroup(run: ImportRun): Group {
  const { payload, lookups, store } = run;
  const { schemes } = lookups;
  const dataSet = decodeDataSet(run);
  const { completeDate } = payload;
  if (completeDate !== undefined && !ISO_DAY.test(completeDate)) {
    throw new DecodeError('E8008', [completeDate]);
  }
  const isCompletable = payload.dataSet && payload.orgUnit && payload.period;
  if (completeDate !== undefined && !isCompletable) throw new DecodeError('E8009', []);
  const headerPeriod = decodePeriod(run, payload.period);

  const values = payload.rows.map(row => {
    const at = [row.index];
    const period = row.period ? decodePeriod(run, row.period) : headerPeriod;
    if (!period) throw new DecodeError('E8100', [...at, rowText(row)]);
    if (row.dataElement === undefined) throw new DecodeError('E8102', [...at, rowText(row)]);
    const dataElement = decodeId(row.dataElement, schemes.dataElement, lookups.dataElement, {
      unknown: 'E8103',
      malformed: 'E8104',
      at,
    });
    const unit = row.orgUnit ?? payload.orgUnit;
    if (unit === undefined) throw new DecodeError('E8105', [...at, rowText(row)]);
    const orgUnit = decodeId(unit, schemes.orgUnit, lookups.orgUnit, {
      unknown: 'E8107',
      malformed: 'E8106',
      at,
    });
    const attribute = row.attributeOptionCombo ?? payload.attributeOptionCombo;
    return {
      index: row.index,
      dataElement,
      period,
      orgUnit,
      categoryOptionCombo: decodeOptionCombo(run, row, dataSet, dataElement),
      attributeOptionCombo:
        attribute === undefined
          ? store.metadata.defaultOptionCombo
          : decodeId(attribute, schemes.attributeOptionCombo, lookups.attributeOptionCombo, {
              unknown: 'E8110',
              malformed: 'E8111',
              at,
            }),
      isComboGiven: row.categoryOptionCombo !== undefined || row.categoryOptions !== undefined,
      isAttributeGiven: attribute !== undefined,
      value: row.value,
      comment: row.comment,
      followup: row.followup,
      deleted: row.deleted,
    };
  });
  return {
    dataSet,
    values,
    deletion: decodeScope(run),
    completion:
      completeDate === undefined || !headerPeriod
        ? undefined
        : {
            period: headerPeriod.id,
            orgUnit: lookups.orgUnit(payload.orgUnit)?.id ?? payload.orgUnit!,
            attributeOptionCombo:
              lookups.attributeOptionCombo(payload.attributeOptionCombo)?.id ??
              store.metadata.defaultOptionCombo,
            date: completeDate.slice(0, 10),
          },
  };
}

function decodeDataSet({ payload: { dataSet }, lookups }: ImportRun): string | undefined {
  if (dataSet === undefined) return undefined;
  return decodeId(dataSet, lookups.schemes.dataSet, lookups.dataSet, {
    unknown: 'E8005',
    malformed: 'E8004',
    at: [],
  });
}

/** A string that is not a period ends the request with a server error (recording 368). */
function decodePeriod(run: ImportRun, id: string | undefined): Period | undefined {
  if (id === undefined) return undefined;
  const period = run.periodOf(id);
  if (period) return period;
  throw new Refusal(500, {
    message:
      'Cannot invoke "org.hisp.dhis.datavalue.DataEntryGroup.deletion()" because "group" is null',
  });
}

function decodeOptionCombo(
  { store, lookups }: ImportRun,
  row: Row,
  dataSet: string | undefined,
  dataElement: string,
): string {
  const { metadata } = store;
  const at = [row.index];
  if (row.categoryOptionCombo !== undefined) {
    return decodeId(
      row.categoryOptionCombo,
      lookups.schemes.categoryOptionCombo,
      lookups.categoryOptionCombo,
      { unknown: 'E8108', malformed: 'E8109', at },
    );
  }
  if (!row.categoryOptions) return metadata.defaultOptionCombo;
  const options = Object.values(row.categoryOptions);
  const printed = `{${Object.entries(row.categoryOptions).map(pair => pair.join('='))}}`;
  if (dataSet === undefined) throw new DecodeError('E8101', [...at, printed]);
  const ids = metadata.dataSetIndex(dataSet)?.optionCombos(dataElement) ?? new Set<string>();
  const found = [...ids].find(id => {
    const combo = metadata.get('categoryOptionCombos', id)!;
    return (
      combo.categoryOptions.length === options.length &&
      combo.categoryOptions.every(option => options.includes(option.id))
    );
  });
  if (!found) throw new DecodeError('E8108', [...at, printed]);
  return found;
}

function decodeScope(run: ImportRun): GroupScope | undefined {
  const { payload, lookups, store } = run;
  const { deletion } = payload;
  if (!deletion) return undefined;
  const codes = { unknown: 'E8034', malformed: 'E8035', at: [] };
  const combo = (id: string | undefined) =>
    // An absent combo means the default one, not all of them (dhis2 FACTS §1.1).
    id === undefined
      ? store.metadata.defaultOptionCombo
      : decodeId(id, lookups.schemes.categoryOptionCombo, lookups.categoryOptionCombo, codes);
  return {
    orgUnits: deletion.orgUnits.map(id =>
      decodeId(id, lookups.schemes.orgUnit, lookups.orgUnit, codes),
    ),
    periods: deletion.periods.map(id => decodePeriod(run, id)!),
    elements: deletion.elements.map(element => ({
      dataElement: decodeId(
        element.dataElement,
        lookups.schemes.dataElement,
        lookups.dataElement,
        codes,
      ),
      categoryOptionCombo: combo(element.categoryOptionCombo),
      attributeOptionCombo: combo(element.attributeOptionCombo),
      isComboGiven: element.categoryOptionCombo !== undefined,
      isAttributeGiven: element.attributeOptionCombo !== undefined,
    })),
  };
}

function decodeId(
  id: string,
  scheme: IdScheme,
  lookup: Lookup<{ id: string }>,
  codes: { unknown: string; malformed: string; at: readonly number[] },
): string {
  if (scheme !== 'uid') {
    const object = lookup(id);
    if (!object) throw new DecodeError(codes.unknown, [...codes.at, id]);
    return object.id;
  }
  if (!UID.test(id)) throw new DecodeError(codes.malformed, [...codes.at, id]);
  return id;
}

function rowText(row: Row): string {
  const { dataElement, period, orgUnit, categoryOptionCombo, value } = row;
  const parts = [dataElement, period, orgUnit, categoryOptionCombo, value];
  return plainArg(parts.map(part => part ?? 'null'));
}
