import type { JsonObject } from '../../http/json-object.js';
import { sandboxRefusal } from '../../http/web-message.js';
import type { Dhis2Store } from '../../store/dhis2-store.js';
import type { Dialect } from '../../versions/dialect.js';
import { MODELS } from '../model.js';
import type { MetadataAttributeValue } from '../object-types.js';
import type { OrgUnit } from '../types.js';
import { isUid } from '../uid.js';
import type { Problem } from './object-report.js';
import { readDay } from './read-day.js';
import { readGeometry } from './read-geometry.js';

/** An org unit in a client's payload. */
export type OrgUnitDraft = Partial<OrgUnit> & { id: string };

/** The greatest lengths of the texts that the server stores. */
const LENGTHS = { name: 230, shortName: 50, code: 50 } as const;
const UID_LENGTH = 11;

/** The server's classes of required properties. */
const REQUIRED = {
  name: 'java.lang.String',
  shortName: 'java.lang.String',
  openingDate: 'java.util.Date',
} as const;

/**
 * Reads an org unit. Properties that the server computes itself are allowed and ignored.
 *
 * @param id of the org unit
 * @throws Refusal 400 for a property that the server may store and the sandbox does not, and for
 * an unreadable date or geometry as the server answers it
 */
export function readOrgUnit(json: JsonObject, id: string, dialect: Dialect): OrgUnitDraft {
  const unknown = json.names.find(name => !(name in MODELS.organisationUnits));
  if (unknown !== undefined) throw sandboxRefusal(400, `the property "${unknown}" of an org unit`);
  const parent = json.has('parent') ? json.object('parent').text('id') : undefined;
  const draft = {
    id,
    code: json.text('code'),
    name: json.text('name'),
    shortName: json.text('shortName'),
    openingDate: readDay(json, 'openingDate'),
    closedDate: readDay(json, 'closedDate'),
    parent: parent === undefined ? undefined : { id: parent },
    geometry: readGeometry(json, dialect),
    attributeValues: json.has('attributeValues') ? readAttributeValues(json) : undefined,
  };
  // Removes absent properties.
  return JSON.parse(JSON.stringify(draft));
}

function readAttributeValues(json: JsonObject): MetadataAttributeValue[] {
  return json.objects('attributeValues').map(one => ({
    attribute: { id: one.object('attribute').text('id') ?? '' },
    value: one.text('value') ?? '',
  }));
}

/**
 * The problems of an org unit: first those of its properties, then those that concern other org
 * units, if the properties allow that check.
 *
 * @param others org units that are written with it
 */
export function checkOrgUnit(
  { metadata }: Dhis2Store,
  draft: OrgUnitDraft,
  others: readonly OrgUnitDraft[] = [],
): Problem[] {
  const problems = checkProperties(draft);
  if (problems.length > 0) return problems;
  const { id, code, parent, attributeValues = [] } = draft;
  const name = describe(draft);
  const all = [...metadata.list('organisationUnits'), ...others].filter(one => one.id !== id);
  const twin = code && all.find(one => one.code === code);
  if (twin) {
    const args = ['code', code, name, twin.id];
    return [{ code: 'E5003', args, property: 'code', mainId: twin.id }];
  }
  for (const { attribute, value } of attributeValues) {
    const known = metadata.get('attributes', attribute.id);
    if (!known?.organisationUnitAttribute) {
      throw sandboxRefusal(400, `a value of the attribute "${attribute.id}" of an org unit`);
    }
    const has = (one: OrgUnitDraft) =>
      one.attributeValues?.some(other => other.attribute.id === known.id && other.value === value);
    if (!known.unique || !all.some(has)) continue;
    const mainClass = 'org.hisp.dhis.attribute.Attribute';
    const args = [known.name, value];
    return [{ code: 'E4009', args, property: 'value', mainId: known.id, mainClass }];
  }
  if (!parent || all.some(one => one.id === parent.id) || parent.id === id) return [];
  const args = [`[${parent.id}] (OrganisationUnit)`, name, 'parent'];
  return [{ code: 'E5002', args, property: 'parent', mainId: id }];
}

function checkProperties(draft: OrgUnitDraft): Problem[] {
  const problems: Problem[] = [];
  for (const [property, propertyClass] of Object.entries(REQUIRED)) {
    if (draft[property as keyof typeof REQUIRED] === undefined) {
      problems.push({ code: 'E4000', args: [property], property, propertyClass });
    }
  }
  const propertyClass = 'java.lang.String';
  for (const [property, length] of Object.entries(LENGTHS)) {
    const given = draft[property as keyof typeof LENGTHS]?.length ?? 0;
    if (given <= length) continue;
    const values = [property, length, given];
    problems.push({ code: 'E4001', args: values, values, property, propertyClass });
  }
  problems.push(...checkId(draft.id), ...checkDates(draft));
  return problems;
}

/** Recording 071. */
function checkId(id: string): Problem[] {
  const { length } = id;
  const values = ['id', UID_LENGTH, UID_LENGTH, length];
  const texts = ['id', '11.0', '11.0', String(length)];
  const lengthProblem: Problem = {
    ...{ code: 'E4002', args: values, values, texts, property: 'id' },
    propertyClass: 'java.lang.String',
  };
  return [
    ...(length === UID_LENGTH ? [] : [lengthProblem]),
    ...(isUid(id) ? [] : [{ code: 'E4014', args: [id, 'OrganisationUnit'] }]),
  ];
}

/** Recording 069. */
function checkDates({ openingDate, closedDate }: OrgUnitDraft): Problem[] {
  if (!openingDate || !closedDate || closedDate >= openingDate) return [];
  const days = [closedDate, openingDate];
  return [
    {
      code: 'E4013',
      args: days.map(toShortDate),
      texts: days.map(toJavaDate),
      values: days.map(day => `${day}T00:00:00.000`),
    },
  ];
}

/** A day in Java's short date format: `1/31/19, 12:00 AM`. */
function toShortDate(day: string): string {
  const [year = '', month, date] = day.split('-');
  return `${Number(month)}/${Number(date)}/${year.slice(2)}, 12:00 AM`;
}

/** A day as Java prints a date: `Tue Jan 01 00:00:00 UTC 2019`. */
function toJavaDate(day: string): string {
  const [weekday, date, month, year] = new Date(`${day}T00:00:00Z`).toUTCString().split(/,? /);
  return `${weekday} ${month} ${date} 00:00:00 UTC ${year}`;
}

/** An org unit as the server's messages name it. */
export function describe({ id, name }: OrgUnitDraft): string {
  return `${name} [${id}] (OrganisationUnit)`;
}
