import { getOrCreate } from '../collections/get-or-create.js';
import type { FieldOwner, Owners, OwnerTable } from '../handover/owners.js';
import { badOption, refuseUnknownKeys } from '../operations/options.js';
import { fingerprint } from './fingerprint.js';

/** Owner tables as a job writes them, not yet checked: to the type checker their owners are plain strings. */
export interface GivenOwners {
  case?: GivenTable;
  contact?: GivenTable;
}

type GivenTable = Readonly<Record<string, Omit<FieldOwner, 'owner'> & { owner: string }>>;

const OWNERS: readonly unknown[] = ['dhis2', 'godata', 'latest'];
const PROPERTIES = ['orgUnit', 'enrolledAt', 'occurredAt'];
const PATH = /^[A-Za-z][A-Za-z0-9]{10}(\.[A-Za-z][A-Za-z0-9]{10})?$/;

/** The places of a field in DHIS2. */
export function dhis2PathsOf(owner: FieldOwner): readonly string[] {
  return getOrCreate(knownPaths, owner, () => {
    const { dhis2 } = owner;
    if (dhis2 === undefined) return [];
    if (typeof dhis2 === 'string') return [dhis2];
    return Array.isArray(dhis2) ? dhis2 : Object.values(dhis2);
  });
}

/** The variables of a field that stands for several answers. */
export function variablesOf({ dhis2 }: FieldOwner): readonly string[] | undefined {
  if (typeof dhis2 !== 'object' || Array.isArray(dhis2)) return undefined;
  return getOrCreate(knownVariables, dhis2, () => Object.keys(dhis2));
}

/** The fields of an owner table with their owners. */
export function ownerEntries(table: OwnerTable): readonly (readonly [string, FieldOwner])[] {
  return getOrCreate(knownEntries, table, () => Object.entries(table));
}

/** What is made of an owner already: each is asked for many times a person. */
const knownPaths = new WeakMap<FieldOwner, readonly string[]>();
const knownEntries = new WeakMap<OwnerTable, readonly (readonly [string, FieldOwner])[]>();
const knownVariables = new WeakMap<object, readonly string[]>();

/**
 * The name under which a field is remembered. It includes the places in DHIS2: after a mapping was
 * corrected to another attribute, what the former one had says nothing about the new one. The name
 * of a field of several answers includes its variables as well.
 */
export function memoryNameOf(field: string, owner: FieldOwner | undefined): string {
  if (!owner) return field;
  const names = known.get(owner) ?? new Map<string, string>();
  const name = names.get(field) ?? nameWithPlaces(field, owner);
  known.set(owner, names.set(field, name));
  return name;
}

/** Names that are computed already: each is asked for once a person. */
const known = new WeakMap<FieldOwner, Map<string, string>>();

function nameWithPlaces(field: string, owner: FieldOwner): string {
  const paths = dhis2PathsOf(owner);
  const variables = variablesOf(owner);
  if (variables) return `${field}#${fingerprint([variables, paths])}`;
  return paths.length > 0 ? `${field}#${fingerprint(paths)}` : field;
}

/** The owner table of a kind of person. Contacts of contacts use that of contacts. */
export function ownersFor(owners: Owners, kind: string): OwnerTable {
  return (kind === 'case' ? owners.case : owners.contact) ?? {};
}

/**
 * Checks the owner tables of a job.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the field
 */
export function readOwners(given: GivenOwners | undefined): Owners {
  if (given === undefined) return {};
  refuseUnknownKeys('owners', given, ['case', 'contact']);
  for (const [kind, table] of Object.entries(given)) {
    if (table === undefined) continue;
    if (table === null || typeof table !== 'object' || Array.isArray(table)) {
      throw badOption(`owners.${kind}`, 'must be an object of fields');
    }
    for (const [field, one] of Object.entries(table)) {
      checkField(`owners.${kind}['${field}']`, field, one as FieldOwner);
    }
  }
  return given as Owners;
}

function checkField(path: string, field: string, given: FieldOwner): void {
  refuseUnknownKeys(path, given, ['owner', 'dhis2']);
  if (!OWNERS.includes(given.owner)) {
    throw badOption(`${path}.owner`, "must be 'dhis2', 'godata' or 'latest'");
  }
  if (variablesOf(given) && field !== 'questionnaireAnswers') {
    throw badOption(`${path}.dhis2`, 'can be an object for questionnaireAnswers only');
  }
  for (const one of dhis2PathsOf(given)) {
    if (typeof one === 'string' && (PROPERTIES.includes(one) || PATH.test(one))) continue;
    throw badOption(
      `${path}.dhis2`,
      'must name attributes, data elements of stages, orgUnit, enrolledAt or occurredAt',
      "An attribute is its id, a data element '<stage id>.<data element id>'.",
    );
  }
}
