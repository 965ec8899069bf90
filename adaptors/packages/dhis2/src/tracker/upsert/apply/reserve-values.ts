import { getOrCreate } from '#common/collections/get-or-create.js';
import { unexpectedAnswer } from '#common/http/index.js';
import type { Dhis2Client } from '#dhis2/client/client.js';
import { readOrgUnits } from '#dhis2/org-units/read-org-units.js';
import type { FieldDefinition } from '../check/metadata.js';
import type { PlannedObject } from '../plan/person-plan.js';
import type { SentAttribute } from '../plan/send-attributes.js';
import type { Group } from './pack.js';

/** The most that one request returns (dhis2 FACTS §4.1). */
const MAX_VALUES = 1000;

const PATH = '/trackedEntityAttributes/{id}/generateAndReserve';

/** A value that a person needs, the same for all objects of the person. */
interface Need {
  attribute: string;
  /** Code of the org unit, if the value is built from it. */
  orgUnitCode: string | undefined;
  objects: PlannedObject[];
}

/**
 * Requests the values that DHIS2 generates, and puts them into new objects: one request for an
 * attribute and 1,000 people, or for each of their org units if its code is part of the value.
 */
export async function reserveValues(
  client: Dhis2Client,
  groups: readonly Group[],
  definitionOf: (attribute: string) => FieldDefinition | undefined,
): Promise<void> {
  const codes = await readCodes(client, groups, definitionOf);
  const byRequest = new Map<string, Need[]>();
  for (const group of groups) {
    for (const need of needsOf(group, codes, definitionOf)) {
      const key = `${need.attribute} ${need.orgUnitCode ?? ''}`;
      getOrCreate(byRequest, key, () => [] as Need[]).push(need);
    }
  }
  for (const needs of byRequest.values()) {
    for (let from = 0; from < needs.length; from += MAX_VALUES) {
      const chunk = needs.slice(from, from + MAX_VALUES);
      const values = await reserve(client, chunk[0]!, chunk.length);
      chunk.forEach((need, n) => {
        for (const object of need.objects) addAttribute(object, need.attribute, values[n]!);
      });
    }
  }
}

function needsOf(
  group: Group,
  codes: ReadonlyMap<string, string>,
  definitionOf: (attribute: string) => FieldDefinition | undefined,
): Need[] {
  const needs = new Map<string, Need>();
  for (const object of group) {
    for (const attribute of object.generated ?? []) {
      const orgUnitCode = needsCode(definitionOf(attribute))
        ? (codes.get(String(object.body.orgUnit)) ?? '')
        : undefined;
      const need = { attribute, orgUnitCode, objects: [] as PlannedObject[] };
      getOrCreate(needs, attribute, () => need).objects.push(object);
    }
  }
  return [...needs.values()];
}

function needsCode(definition: FieldDefinition | undefined): boolean {
  return definition?.pattern?.includes('ORG_UNIT_CODE') ?? false;
}

async function readCodes(
  client: Dhis2Client,
  groups: readonly Group[],
  definitionOf: (attribute: string) => FieldDefinition | undefined,
): Promise<Map<string, string>> {
  const objects = groups
    .flat()
    .filter(({ generated = [] }) => generated.some(id => needsCode(definitionOf(id))));
  const ids = objects.map(({ body }) => String(body.orgUnit));
  const orgUnits = await readOrgUnits(client, ids);
  return new Map(orgUnits.map(({ id, code }) => [id, code ?? '']));
}

async function reserve(
  client: Dhis2Client,
  { attribute, orgUnitCode }: Need,
  count: number,
): Promise<string[]> {
  const query = {
    numberToReserve: count,
    ...(orgUnitCode === undefined ? {} : { ORG_UNIT_CODE: orgUnitCode }),
  };
  const answer = await client.read(PATH, query, { id: attribute });
  const values = Array.isArray(answer) ? answer.map(one => one?.value) : [];
  if (values.length < count || values.some(value => typeof value !== 'string')) {
    throw unexpectedAnswer('DHIS2', { method: 'GET', path: PATH }, 'reserved values', answer);
  }
  return values;
}

function addAttribute(object: PlannedObject, attribute: string, value: string): void {
  const attributes = (object.body.attributes ?? []) as SentAttribute[];
  object.body = { ...object.body, attributes: [...attributes, { attribute, value }] };
}
