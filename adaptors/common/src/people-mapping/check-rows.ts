import { getOrCreate } from '../collections/get-or-create.js';
import { nearest } from '../reporting/nearest.js';
import { ambiguousCodes, wrongBackCodes } from './codes.js';
import { namedPlaces, nameOf, type Part, partsOf } from './parts.js';
import type { PeopleMapping } from './people-mapping.js';
import { pathOf } from './places.js';
import type { Problems } from './problems.js';
import { codesOf, goesToDhis2, goesToGoData, type Row } from './rows.js';

/** Fields whose values are reference data ids: without a table, DHIS2's codes would be stored. */
const REFERENCE_FIELDS = new Set([
  'gender',
  'occupation',
  'riskLevel',
  'outcomeId',
  'pregnancyStatus',
  'classification',
  'investigationStatus',
  'certaintyLevelId',
  'exposureTypeId',
  'exposureFrequencyId',
  'exposureDurationId',
  'socialRelationshipTypeId',
  'sampleType',
  'testType',
  'testedFor',
  'result',
  'status',
  'statusId',
]);

/** Checks everything in a mapping that needs no server. */
export function checkRows(mapping: PeopleMapping, problems: Problems): void {
  for (const part of partsOf(mapping)) {
    for (const row of part.rows) checkRow(part, row, problems);
    checkTwice(part, problems);
  }
  checkRequired(mapping, problems);
}

function checkRow(part: Part, row: Row, problems: Problems): void {
  const { field, places, toGoData, toDhis2, codes } = row;
  const name = nameOf(part, row);
  if (!Object.hasOwn(part.fields, field) && !isDocument(part, field)) {
    const known = Object.keys(part.fields).join(', ');
    problems.add('UNKNOWN_FIELD', `${name}: Go.Data has no such field. Use one of: ${known}.`);
    return;
  }
  if (!row.answers) {
    const needsFunction = places.length !== 1;
    if (goesToGoData(row) && needsFunction && !toGoData) {
      problems.add('NO_FUNCTION', `${name}: with ${places.length} places it needs toGoData.`);
    }
    if (goesToDhis2(row) && needsFunction && !toDhis2) {
      problems.add(
        'NO_FUNCTION',
        `${name}: with ${places.length} places it needs toDhis2, or direction: 'to-godata'.`,
      );
    }
  }
  const isCopied = (goesToGoData(row) && !toGoData) || (goesToDhis2(row) && !toDhis2);
  if (isCopied && !codes?.category && REFERENCE_FIELDS.has(field)) {
    problems.add(
      'NEEDS_CODES',
      `${name}: the field holds reference data. Give it a table of codes with its category.`,
    );
  }
  if (isDocument(part, field) && goesToDhis2(row)) {
    problems.add(
      'ONE_WAY_FIELD',
      `${name}: documents go to Go.Data only. Use direction: 'to-godata'.`,
    );
  }
  for (const one of codesOf(row)) checkCodes(part, row, one, problems);
  const known = Object.keys(row.answers ?? {});
  for (const variable of Object.keys(row.answerCodes ?? {})) {
    if (known.includes(variable)) continue;
    const near = nearest(variable, known, one => [one])
      .slice(0, 3)
      .join(', ');
    problems.add(
      'UNKNOWN_VARIABLE',
      `${nameOf(part, row, variable)}: codes has a table for this variable, and the row does not name it. The nearest: ${near}.`,
    );
  }
}

function checkCodes(
  part: Part,
  row: Row,
  { codes, variable }: ReturnType<typeof codesOf>[number],
  problems: Problems,
): void {
  const name = nameOf(part, row, variable);
  for (const code of wrongBackCodes(codes)) {
    problems.add(
      'UNKNOWN_CODE',
      `${name}: the way back names the code ${code}, which the table does not have.`,
    );
  }
  for (const { item, codes: all } of goesToDhis2(row) ? ambiguousCodes(codes) : []) {
    problems.add(
      'AMBIGUOUS_CODE',
      `${name}: the codes ${all.join(' and ')} both mean ${item}. Say which of them is written to DHIS2: { ${item}: '${all[0]}' } as the last argument of codes.`,
      { cause: `${row.field} ${item}`, at: name },
    );
  }
}

function isDocument({ name }: Part, field: string): boolean {
  return (
    /^documents\.[A-Z0-9_]+$/.test(field) && ['case', 'contact', 'contactOfContact'].includes(name)
  );
}

/** Two rows for one field, or for one place: the last would win silently. */
function checkTwice(part: Part, problems: Problems): void {
  const fields = new Map<string, string[]>();
  const places = new Map<string, string[]>();
  for (const row of part.rows) {
    const names = row.answers
      ? Object.keys(row.answers).map(one => `${row.field}.${one}`)
      : [row.field];
    if (goesToGoData(row)) {
      for (const one of names) getOrCreate(fields, one, () => []).push(one);
    }
    if (!goesToDhis2(row)) continue;
    for (const { place, name } of namedPlaces(part, row)) {
      getOrCreate(places, pathOf(place), () => [] as string[]).push(name);
    }
  }
  for (const [field, rows] of fields) {
    if (rows.length > 1) {
      problems.add(
        'TWO_ROWS',
        `${part.name}: ${rows.length} rows give the field ${field} of Go.Data. Keep one.`,
      );
    }
  }
  for (const [path, rows] of places) {
    if (rows.length > 1) {
      problems.add('TWO_ROWS', `${rows.join(' and ')}: both write ${path} in DHIS2. Keep one.`);
    }
  }
}

function checkRequired({ required = [], ...mapping }: PeopleMapping, problems: Problems): void {
  for (const field of required) {
    const isGiven = [mapping.case, mapping.contact].some(kind =>
      (kind?.rows as readonly Row[] | undefined)?.some(
        row => row.field === field && goesToGoData(row),
      ),
    );
    if (!isGiven) {
      problems.add('REQUIRED_FIELD', `required: no row gives the field ${field} of Go.Data.`);
    }
  }
}
