import { isJsonObject } from '#common/http/index.js';
import { parsePeriod } from '#common/periods/index.js';
import type { Refusal } from '../import/refused-rows.js';
import type { DataValueSet } from './payload-chunks.js';

/** Rows ready to send, and those that cannot be sent. */
export interface NormalisedRows {
  payload: DataValueSet;
  /** Refused rows, by position in the payload's values. */
  refusals: Refusal[];
  /** Why nothing of the payload can be sent. */
  headerProblem: Omit<Refusal, 'index'> | undefined;
}

const HEADER_TEXTS = ['dataSet', 'period', 'orgUnit', 'attributeOptionCombo'];
const KEY_TEXTS = [
  'dataElement',
  'period',
  'orgUnit',
  'categoryOptionCombo',
  'attributeOptionCombo',
];
const FREE_TEXTS = ['value', 'comment'];

/**
 * Brings data values into a form that every server can read: numbers become texts, and spaces
 * around ids are removed. On an invalid period, on a number where it expects a text, and on a row
 * without an id of its own or in the header, DHIS2 2.43 fails and loses the whole request (dhis2
 * LIVE 176, FACTS §1.4). Rows that cannot be sent are returned as refusals.
 */
export function normaliseRows(payload: DataValueSet): NormalisedRows {
  const header = normalise(payload, HEADER_TEXTS, []);
  const normalised = { ...payload, ...header.texts };
  const rows = Array.isArray(payload.dataValues) ? payload.dataValues : undefined;
  const period = normalised.period;
  const headerProblem = header.problem ?? (isPresent(period) ? periodProblem(period) : undefined);
  if (!rows) return { payload: normalised, refusals: [], headerProblem };
  const refusals: Refusal[] = [];
  const dataValues = rows.map((row, index) => {
    if (!isJsonObject(row)) {
      refusals.push({ index, code: 'NOT_A_DATA_VALUE', message: 'The row is not an object.' });
      return row;
    }
    const { texts, problem } = normalise(row, KEY_TEXTS, FREE_TEXTS);
    const next = { ...row, ...texts };
    const reason = problem ?? rowProblem(next, normalised);
    if (reason) refusals.push({ index, ...reason });
    return next;
  });
  return { payload: { ...normalised, dataValues }, refusals, headerProblem };
}

function rowProblem(row: Record<string, unknown>, header: DataValueSet) {
  if (!isPresent(row.dataElement)) return missing('data element', 'E8102');
  if (!isPresent(row.orgUnit) && !isPresent(header.orgUnit)) return missing('org unit', 'E8105');
  if (isPresent(row.period)) return periodProblem(row.period);
  return isPresent(header.period) ? undefined : missing('period', 'E8100');
}

function missing(what: string, code: string): Omit<Refusal, 'index'> {
  return { code, message: `The row and the header have no ${what}.` };
}

function periodProblem(period: unknown): Omit<Refusal, 'index'> | undefined {
  if (parsePeriod(String(period))) return undefined;
  return { code: 'E7611', message: `Period not valid: \`${period}\`` };
}

function normalise(
  object: Record<string, unknown>,
  keys: readonly string[],
  free: readonly string[],
): { texts: Record<string, string>; problem: Omit<Refusal, 'index'> | undefined } {
  const texts: Record<string, string> = {};
  let problem: Omit<Refusal, 'index'> | undefined;
  for (const name of [...keys, ...free]) {
    const value = object[name];
    if (value === undefined || value === null) continue;
    // Since 2.43 a combo may be an object with categories and options (dhis2 FACTS §0).
    if (isJsonObject(value) && name.endsWith('OptionCombo')) continue;
    if (typeof value === 'object' || typeof value === 'function') {
      problem ??= { code: 'NOT_A_TEXT', message: `${name} must be a text or a number.` };
    } else {
      texts[name] = free.includes(name) ? String(value) : String(value).trim();
    }
  }
  return { texts, problem };
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
