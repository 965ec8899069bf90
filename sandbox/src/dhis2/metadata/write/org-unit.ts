import type { JsonObject } from '../../json-object.js';
import type { Dhis2Store } from '../../store.js';
import type { OrgUnit } from '../../types.js';
import { isUid } from '../../uid.js';
import { sandboxRefusal } from '../../web-message.js';
import { MODELS } from '../model.js';
import type { Problem } from './object-report.js';

/** An org unit as a client sends it. */
export type OrgUnitDraft = Partial<OrgUnit> & { id: string };

/** The longest texts that the server stores. */
const LENGTHS = { name: 230, shortName: 50, code: 50 } as const;

/**
 * Reads an org unit. What the server works out itself may be there, and means nothing.
 *
 * @param id of the org unit
 * @throws Refusal 400 for a property that the server may store and the sandbox does not
 */
export function readOrgUnit(json: JsonObject, id: string): OrgUnitDraft {
  const unknown = json.names.find(name => !(name in MODELS.organisationUnits));
  if (unknown !== undefined) throw sandboxRefusal(400, `the property "${unknown}" of an org unit`);
  const parent = json.has('parent') ? json.object('parent').text('id') : undefined;
  const draft = {
    id,
    code: json.text('code'),
    name: json.text('name'),
    shortName: json.text('shortName'),
    openingDate: json.time('openingDate')?.slice(0, 10),
    closedDate: json.time('closedDate')?.slice(0, 10),
    parent: parent === undefined ? undefined : { id: parent },
    geometry: json.geometry('geometry'),
  };
  // An absent property is one that an object does not have.
  return JSON.parse(JSON.stringify(draft));
}

/**
 * What is wrong with an org unit, as far as it makes sense to ask: its properties, then what they
 * have to do with other org units.
 */
export function checkOrgUnit({ metadata }: Dhis2Store, draft: OrgUnitDraft): Problem[] {
  const problems = checkProperties(draft);
  if (problems.length > 0) return problems;
  const { id, code, parent } = draft;
  const name = describe(draft);
  const twin = code && metadata.list('organisationUnits').find(one => one.code === code);
  if (twin && twin.id !== id) {
    return [{ code: 'E5003', args: ['code', code, name, twin.id], property: 'code' }];
  }
  if (!parent) return [];
  if (!metadata.get('organisationUnits', parent.id)) {
    const args = [`[${parent.id}] (OrganisationUnit)`, name, 'parent'];
    return [{ code: 'E5002', args, property: 'parent' }];
  }
  return [];
}

function checkProperties(draft: OrgUnitDraft): Problem[] {
  const problems: Problem[] = [];
  if (!isUid(draft.id)) problems.push({ code: 'E4014', args: [draft.id, 'uid'], property: 'uid' });
  for (const property of ['name', 'shortName', 'openingDate'] as const) {
    if (draft[property] === undefined) {
      problems.push({ code: 'E4000', args: [property], property });
    }
  }
  for (const [property, length] of Object.entries(LENGTHS)) {
    const given = draft[property as keyof typeof LENGTHS]?.length ?? 0;
    if (given > length) problems.push({ code: 'E4001', args: [property, length, given], property });
  }
  const { openingDate, closedDate } = draft;
  if (openingDate && closedDate && closedDate < openingDate) {
    const property = 'closedDate';
    problems.push({ code: 'E4013', args: [closedDate, openingDate], property });
  }
  return problems;
}

/** An org unit as the server's messages name it. */
export function describe({ id, name }: OrgUnitDraft): string {
  return `${name} [${id}] (OrganisationUnit)`;
}
