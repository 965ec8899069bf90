import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { residenceOf } from '#common/ownership/index.js';

/** The part of a person's fields that belongs to one field of an owner table. */
export interface SplitField {
  part: RecordFields;
  /** The other fields. Built only when asked for: most fields are written, or already there. */
  rest(): RecordFields;
}

/**
 * Splits the fields of a person by a field of an owner table.
 *
 * @returns undefined if the person has no such field
 */
export function splitField(
  fields: RecordFields,
  field: string,
  dhis2: unknown,
): SplitField | undefined {
  const [name = '', ...path] = field.split('.');
  if (!Object.hasOwn(fields, name)) return undefined;
  if (name === 'addresses' && path.length > 0) return splitResidence(fields, path.join('.'));
  if (name !== 'questionnaireAnswers') {
    return { part: { [name]: fields[name] }, rest: () => without(fields, [name]) };
  }
  const answers = (fields[name] ?? {}) as RecordFields;
  const isTable = typeof dhis2 === 'object' && dhis2 !== null && !Array.isArray(dhis2);
  const own = path.length > 0 ? [path.join('.')] : Object.keys(isTable ? dhis2 : answers);
  const part = pick(answers, own);
  if (Object.keys(part).length === 0) return undefined;
  return { part: { [name]: part }, rest: () => ({ ...fields, [name]: without(answers, own) }) };
}

function splitResidence(fields: RecordFields, key: string): SplitField | undefined {
  const addresses = (fields.addresses ?? []) as RecordFields[];
  const residence = residenceOf(addresses);
  if (!residence || !Object.hasOwn(residence, key)) return undefined;
  return {
    part: { addresses: [{ ...pick(residence, [key]), typeId: residence.typeId }] },
    rest: () => ({
      ...fields,
      addresses: addresses.map(one => (one === residence ? without(one, [key]) : one)),
    }),
  };
}

function pick(all: RecordFields, names: readonly string[]): RecordFields {
  const own = names.filter(name => Object.hasOwn(all, name));
  return Object.fromEntries(own.map(name => [name, all[name]]));
}

function without(all: RecordFields, names: readonly string[]): RecordFields {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}
