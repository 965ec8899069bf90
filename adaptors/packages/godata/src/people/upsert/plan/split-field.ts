import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { residenceOf } from '#common/ownership/index.js';

/** Splits the fields of a person: the part for one field of an owner table, and the rest. */
export function splitField(
  fields: RecordFields,
  field: string,
  dhis2: unknown,
): { part?: RecordFields; rest: RecordFields } {
  const [name = '', ...path] = field.split('.');
  if (!Object.hasOwn(fields, name)) return { rest: fields };
  const value = fields[name];
  if (name === 'addresses' && path.length > 0) return splitResidence(fields, path.join('.'));
  if (name !== 'questionnaireAnswers') {
    const { [name]: own, ...rest } = fields;
    return { part: { [name]: own }, rest };
  }
  const answers = (value ?? {}) as RecordFields;
  const isTable = typeof dhis2 === 'object' && dhis2 !== null && !Array.isArray(dhis2);
  const own = path.length > 0 ? [path.join('.')] : Object.keys(isTable ? dhis2 : answers);
  const [part, rest] = partition(answers, own);
  if (Object.keys(part).length === 0) return { rest: fields };
  return { part: { [name]: part }, rest: { ...fields, [name]: rest } };
}

function splitResidence(fields: RecordFields, key: string) {
  const addresses = (fields.addresses ?? []) as RecordFields[];
  const residence = residenceOf(addresses);
  if (!residence || !Object.hasOwn(residence, key)) return { rest: fields };
  const [part, rest] = partition(residence, [key]);
  const { typeId } = residence;
  const others = addresses.map(one => (one === residence ? rest : one));
  return {
    part: { addresses: [{ ...part, typeId }] },
    rest: { ...fields, addresses: others },
  };
}

function partition(all: RecordFields, names: readonly string[]): [RecordFields, RecordFields] {
  const part: [string, unknown][] = [];
  const rest: [string, unknown][] = [];
  for (const entry of Object.entries(all)) (names.includes(entry[0]) ? part : rest).push(entry);
  return [Object.fromEntries(part), Object.fromEntries(rest)];
}
