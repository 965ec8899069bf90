import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { type FieldOwner, residenceOf, variablesOf } from '#common/ownership/index.js';

/** A field of an owner table among the fields of a person. Its parts are built only when asked for. */
export interface SplitField {
  /** The field of the record that has it. */
  name: string;
  /** What belongs to the field. */
  part(): RecordFields;
  /** All but that. */
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
  owner: FieldOwner,
): SplitField | undefined {
  const end = field.indexOf('.');
  const name = end < 0 ? field : field.slice(0, end);
  if (!Object.hasOwn(fields, name)) return undefined;
  const key = end < 0 ? undefined : field.slice(end + 1);
  if (name === 'addresses' && key !== undefined) return splitResidence(fields, key);
  if (name !== 'questionnaireAnswers') {
    return {
      name,
      part: () => ({ [name]: fields[name] }),
      rest: () => without(fields, [name]),
    };
  }
  const answers = (fields[name] ?? {}) as RecordFields;
  const own = key === undefined ? (variablesOf(owner) ?? Object.keys(answers)) : [key];
  if (!own.some(variable => Object.hasOwn(answers, variable))) return undefined;
  return {
    name,
    part: () => ({ [name]: pick(answers, own) }),
    rest: () => ({ ...fields, [name]: without(answers, own) }),
  };
}

function splitResidence(fields: RecordFields, key: string): SplitField | undefined {
  const addresses = (fields.addresses ?? []) as RecordFields[];
  const residence = residenceOf(addresses);
  if (!residence || !Object.hasOwn(residence, key)) return undefined;
  return {
    name: 'addresses',
    part: () => ({ addresses: [{ ...pick(residence, [key]), typeId: residence.typeId }] }),
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
