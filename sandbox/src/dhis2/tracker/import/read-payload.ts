import { JsonObject, parseJson } from '../../http/json-object.js';
import { Refusal } from '../../http/web-message.js';
import { randomUid } from '../../metadata/uid.js';
import type { ServerContext } from '../../server-context.js';
import type { Note } from '../types.js';
import type {
  Payload,
  PayloadEnrollment,
  PayloadEvent,
  PayloadItem,
  PayloadRelationship,
  PayloadTrackedEntity,
  PayloadValue,
} from './payload.js';
import { readPayloadTime } from './payload-time.js';

/** The server's message for a request without a body (recording 247). */
const NO_BODY =
  'Required request body is missing: public org.springframework.http.ResponseEntity<?> org.hisp.dhis.webapi.controller.tracker.imports.TrackerImportController.importJson(jakarta.servlet.http.HttpServletRequest,org.hisp.dhis.webapi.controller.tracker.imports.ImportRequestParams,org.hisp.dhis.webapi.controller.tracker.imports.Body,org.hisp.dhis.user.UserDetails) throws org.hisp.dhis.feedback.ConflictException,java.io.IOException';

/**
 * Reads a payload. Objects nested in another object are listed after the previous objects of their
 * kind, and belong to that object, regardless of their own references. Objects without a UID get
 * one (dhis2 FACTS §4.1; the server's source, BodyConverter).
 *
 * @throws Refusal 400 when the text is not such JSON
 */
export function readPayload(text: string, { store, dialect }: ServerContext): Payload {
  if (text === '') throw new Refusal(400, { message: NO_BODY });
  const rules = {
    time: { fromText: (time: string) => readPayloadTime(store.time, time) },
    readsUids: dialect.tracker.import.readsUids,
    javaType: 'org.hisp.dhis.webapi.controller.tracker.imports.Body',
  };
  const body = new JsonObject(parseJson(text), '', rules);
  const payload: Payload = { trackedEntities: [], enrollments: [], events: [], relationships: [] };
  const relate = (json: JsonObject) =>
    payload.relationships.push(...json.objects('relationships').map(readRelationship));
  const enroll = (json: JsonObject, trackedEntity: string | undefined) => {
    enrollments.push(json);
    payload.enrollments.push(readEnrollment(json, trackedEntity));
  };
  const enrollments: JsonObject[] = [];
  for (const json of body.objects('trackedEntities')) {
    const trackedEntity = readTrackedEntity(json);
    payload.trackedEntities.push(trackedEntity);
    for (const nested of json.objects('enrollments')) enroll(nested, trackedEntity.uid);
    relate(json);
  }
  for (const json of body.objects('enrollments')) enroll(json, json.uid('trackedEntity'));

  const events: JsonObject[] = [];
  enrollments.forEach((json, index) => {
    for (const nested of json.objects('events')) {
      events.push(nested);
      payload.events.push(readEvent(nested, payload.enrollments[index]!.uid));
    }
    relate(json);
  });
  for (const json of body.objects('events')) {
    events.push(json);
    payload.events.push(readEvent(json, json.uid('enrollment')));
  }
  events.forEach(relate);
  relate(body);
  return payload;
}

function readTrackedEntity(json: JsonObject): PayloadTrackedEntity {
  return {
    kind: 'trackedEntities',
    uid: json.uid('trackedEntity') ?? randomUid(),
    ...readOrigin(json),
    trackedEntityType: json.text('trackedEntityType'),
    orgUnit: json.text('orgUnit'),
    inactive: json.flag('inactive'),
    potentialDuplicate: json.flag('potentialDuplicate'),
    geometry: json.geometry('geometry'),
    attributes: readValues(json, 'attributes', 'attribute'),
  };
}

function readEnrollment(json: JsonObject, trackedEntity: string | undefined): PayloadEnrollment {
  return {
    kind: 'enrollments',
    uid: json.uid('enrollment') ?? randomUid(),
    ...readOrigin(json),
    trackedEntity,
    program: json.text('program'),
    orgUnit: json.text('orgUnit'),
    status: json.oneOf(
      'status',
      ['ACTIVE', 'COMPLETED', 'CANCELLED'],
      'ACTIVE',
      'org.hisp.dhis.program.EnrollmentStatus',
    ),
    enrolledAt: json.time('enrolledAt'),
    occurredAt: json.time('occurredAt'),
    completedAt: json.time('completedAt'),
    followUp: json.flag('followUp'),
    geometry: json.geometry('geometry'),
    attributes: readValues(json, 'attributes', 'attribute'),
    notes: readNotes(json),
  };
}

/** In the order of the server's message (recording 250). */
const EVENT_STATUSES = [
  'SKIPPED',
  'ACTIVE',
  'SCHEDULE',
  'VISITED',
  'COMPLETED',
  'OVERDUE',
] as const;

function readEvent(json: JsonObject, enrollment: string | undefined): PayloadEvent {
  const status = json.oneOf('status', EVENT_STATUSES, 'ACTIVE', 'org.hisp.dhis.event.EventStatus');
  return {
    kind: 'events',
    uid: json.uid('event') ?? randomUid(),
    ...readOrigin(json),
    enrollment,
    program: json.text('program'),
    programStage: json.text('programStage'),
    orgUnit: json.text('orgUnit'),
    // VISITED is read as ACTIVE (the server's source, EventStatusPreProcessor).
    status: status === 'VISITED' ? 'ACTIVE' : status,
    occurredAt: json.time('occurredAt'),
    scheduledAt: json.time('scheduledAt'),
    completedAt: json.time('completedAt'),
    attributeOptionCombo: json.text('attributeOptionCombo'),
    attributeCategoryOptions:
      json.text('attributeCategoryOptions')?.split(/[;,]/).filter(Boolean) ?? [],
    hasAssignedUser: json.has('assignedUser'),
    geometry: json.geometry('geometry'),
    dataValues: readValues(json, 'dataValues', 'dataElement'),
    notes: readNotes(json),
  };
}

function readRelationship(json: JsonObject): PayloadRelationship {
  return {
    kind: 'relationships',
    uid: json.uid('relationship') ?? randomUid(),
    ...readOrigin(json),
    relationshipType: json.text('relationshipType'),
    from: readItem(json, 'from'),
    to: readItem(json, 'to'),
  };
}

function readItem(json: JsonObject, side: 'from' | 'to'): PayloadItem | undefined {
  if (!json.has(side)) return undefined;
  const item = json.object(side);
  const idOf = (name: string) => (item.has(name) ? item.object(name).uid(name) : undefined);
  return {
    trackedEntity: idOf('trackedEntity'),
    enrollment: idOf('enrollment'),
    event: idOf('event'),
  };
}

function readOrigin(json: JsonObject) {
  return {
    createdAtClient: json.time('createdAtClient'),
    updatedAtClient: json.time('updatedAtClient'),
    storedBy: json.text('storedBy'),
  };
}

function readValues(json: JsonObject, list: string, idName: string): PayloadValue[] {
  return json.objects(list).map(one => ({
    id: one.text(idName),
    value: one.text('value'),
    storedBy: one.text('storedBy'),
    providedElsewhere: one.flag('providedElsewhere'),
  }));
}

/** Notes; an entry without a text is ignored. */
function readNotes(json: JsonObject): Note[] {
  return json.objects('notes').flatMap(one => {
    const value = one.text('value');
    if (value === undefined) return [];
    return { note: one.uid('note') ?? randomUid(), value, storedBy: one.text('storedBy') };
  });
}
