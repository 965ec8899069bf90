import type { TrackerObject } from '../../import/payload.js';
import type { TrackerError } from '../../import/report.js';
import { type Outcome, parentsOf } from '../apply/outcome.js';
import type { Group } from '../apply/pack.js';
import { attributeParts } from '../check/metadata.js';
import type { Metadata } from '../check/read-metadata.js';
import type { SentValue } from '../plan/bodies.js';
import type { PlannedObject } from '../plan/person-plan.js';
import type { SentAttribute } from '../plan/send-attributes.js';
import { findRefusedValues, type RefusedValue } from './find-values.js';

/** What correcting needs. */
export interface CorrectContext {
  metadata: Metadata;
  /** The attribute that holds the Go.Data id: without it the person would not be found again. */
  linkAttribute: string | undefined;
}

/** What remains of a person of whom DHIS2 refuses something. */
export interface Corrected {
  /** What is sent; empty if the person is held back. */
  group: Group;
  /** What happened to the objects that are not sent. */
  outcomes: Map<PlannedObject, Outcome>;
}

type Errors = Extract<Outcome, { state: 'refused' }>['errors'];

/**
 * Corrects a person of whom DHIS2 refuses something. A person is written whole or not at all:
 *
 * - A refused value that is not mandatory is omitted; the rest of the person is written.
 * - A refused mandatory value, or a refused tracked entity or enrollment, holds back the person.
 * - A refused event, such as one in a closed period, is left out; the rest of the person is written.
 *
 * @param errorsOf what DHIS2 refuses of an object; nothing has been stored
 */
export function correctPerson(
  group: Group,
  errorsOf: (object: PlannedObject) => Errors | undefined,
  context: CorrectContext,
): Corrected {
  const values: RefusedValue[] = [];
  const outcomes = new Map<PlannedObject, Outcome>();
  const holding = new Set<TrackerError>();
  for (const object of group) {
    const errors = errorsOf(object) ?? [];
    const found = errors.map(error => findRefusedValues(error, object, group, context.metadata));
    const others = errors.filter((_, n) => found[n]!.length === 0);
    if (others.length === 0) values.push(...found.flat());
    else if (object.kind === 'events') outcomes.set(object, { state: 'refused', errors });
    else for (const error of others) holding.add(error);
  }
  const isNew = group.some(({ kind, change }) => kind === 'trackedEntities' && change === 'create');
  for (const { object, path, error } of values) {
    // A new person with a unique value of somebody else may be that person.
    const isOthers = isNew && error.errorCode === 'E1064';
    if (isOthers || isMandatory(object, path, context)) holding.add(error);
  }
  if (holding.size > 0) return holdBack(group, errorsOf, holding);
  for (const value of values) omit(value);
  for (const object of group) {
    if (object.omitted && !outcomes.has(object) && isEmpty(object)) {
      outcomes.set(object, { state: 'dropped' });
    }
  }
  return { group: group.filter(object => !outcomes.has(object)), outcomes };
}

function holdBack(
  group: Group,
  errorsOf: (object: PlannedObject) => Errors | undefined,
  holding: ReadonlySet<TrackerError>,
): Corrected {
  const outcomes = new Map<PlannedObject, Outcome>();
  const lost = new Map<string, PlannedObject>();
  for (const object of group) {
    const errors = errorsOf(object) ?? [];
    const by = parentsOf(object).flatMap(uid => lost.get(uid) ?? [])[0];
    if (errors.length > 0) outcomes.set(object, { state: 'refused', errors, holdsBack: holding });
    else outcomes.set(object, by ? { state: 'orphaned', by } : { state: 'held' });
    if (errors.length > 0 || by) lost.set(object.uid, object);
  }
  return { group: [], outcomes };
}

function isMandatory(
  { kind, program = '', stage = '' }: PlannedObject,
  path: string,
  { metadata, linkAttribute }: CorrectContext,
): boolean {
  const model = metadata.programOf(program);
  if (path === 'enrolledAt' || path === linkAttribute) return true;
  // The default of a program (dhis2 LIVE, "Incident date").
  if (path === 'occurredAt') return model?.source.displayIncidentDate !== false;
  if (kind === 'events') return model?.stages.get(stage)?.elements.get(path)?.compulsory === true;
  return model !== undefined && attributeParts(model, path).some(({ mandatory }) => mandatory);
}

/** Removes a value from what is sent; what DHIS2 must get anyway is sent as it is stored. */
function omit({ object, path, error, named }: RefusedValue): void {
  if (!object.fields.includes(path)) return;
  const { body, kept = {} } = object;
  const stored = kept[path];
  const without: TrackerObject = { ...body };
  if (path === 'occurredAt' && object.kind === 'enrollments') {
    delete without.occurredAt;
    if (stored !== undefined) without.occurredAt = stored;
  } else if (object.kind === 'events') {
    const values = ((body.dataValues ?? []) as SentValue[]).filter(one => one.dataElement !== path);
    const again = stored === undefined ? [] : [{ dataElement: path, value: stored }];
    without.dataValues = [...values, ...again];
  } else {
    const values = (body.attributes ?? []) as SentAttribute[];
    without.attributes = values.filter(({ attribute }) => attribute !== path);
  }
  object.body = without;
  object.fields = object.fields.filter(field => field !== path);
  object.omitted = [...(object.omitted ?? []), { path, error, named }];
}

/** Whether nothing remains to be written: an update that changes nothing, or a stage without a value. */
function isEmpty({ kind, change, fields, body }: PlannedObject): boolean {
  if (change === 'update') return fields.length === 0;
  return kind === 'events' && change === 'create' && fields.length === 0 && !body.notes;
}
