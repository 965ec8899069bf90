import {
  RECORDED,
  type RecordedVersion,
  type Recording,
  readRecordings,
} from '../dhis2/replay/recordings.js';
import { completeJson } from '../dhis2/replay/verdict.js';
import { refusedBy } from './refused.js';
import type { SeenRequest } from './seen.js';
import { placesIn, type RequestShape, shapeOf } from './shape.js';
import { WITHOUT_WITNESS } from './without-witness.js';

/** What a version is known to accept: parameters and places of bodies, by route. */
type Witnesses = Map<string, Set<string>>;

/** The parts of a request, one per line: its route, its parameters, the places of its body. */
function partsOf({ route, params, body }: RequestShape): string[] {
  const forms = params.map(
    param => `${route} ?${param.replace(/=(true|false)$/, '=true or false')}`,
  );
  return [route, ...forms, ...body.map(place => `${route} ${place}`)];
}

/** All lists of metadata have the same parameters: what one accepts, the others accept. */
const METADATA_LIST = /^GET \/(?!me$|dataValueSets$|completeDataSetRegistrations$)[a-zA-Z]+$/;

function addMetadataLists(witnesses: Witnesses): void {
  const lists = [...witnesses].filter(([route]) => METADATA_LIST.test(route));
  for (const [route, known] of lists) {
    for (const [other, parts] of lists) {
      for (const part of parts) if (part !== other) known.add(part.replace(other, route));
    }
  }
}

/**
 * A property that a server returns is also accepted: an answer to a read is a witness for a write.
 */
function addAnswers(witnesses: Witnesses, recordings: readonly Recording[]): void {
  for (const { request, response } of recordings) {
    const { route } = shapeOf(request.method, request.path, undefined);
    const match = /^GET \/(tracker\/)?(\w+)(\/\{id\})?$/.exec(route);
    if (!match || response.status !== 200 || typeof response.body !== 'object') continue;
    const [, tracker, name, isOne] = match;
    const writing = tracker ? 'POST /tracker' : `POST /${name}`;
    const body = wholeOf(response.body);
    const known = witnesses.get(writing);
    const places = placesIn(isOne ? { [String(name)]: [body] } : body);
    for (const place of known ? places : []) known?.add(`${writing} ${place}`);
  }
}

/** A property that an object may have when it is created may also be patched. */
function addPatches(witnesses: Witnesses): void {
  for (const [route, known] of witnesses) {
    const resource = /^PATCH (\/\w+)\/\{id\}$/.exec(route)?.[1];
    const making = `POST ${resource} `;
    for (const part of witnesses.get(making.trim()) ?? []) {
      const property = /^\w+/.exec(part.slice(making.length))?.[0];
      if (property) known.add(`${route} [] /${property}`);
    }
  }
}

function wholeOf(body: unknown): unknown {
  const { $cut, text } = body as { $cut?: unknown; text?: string };
  return $cut === undefined ? body : completeJson(text ?? '');
}

/**
 * Whether an answer shows that a server accepted a request. Errors in the objects of an import are
 * listed in a report, with 409.
 */
function isTaken({ response: { status, body } }: Recording): boolean {
  if (status < 400) return true;
  const report = body as { validationReport?: unknown; response?: unknown } | undefined;
  return (
    status === 409 && (report?.validationReport !== undefined || report?.response !== undefined)
  );
}

function readWitnesses(version: RecordedVersion): Witnesses {
  const witnesses: Witnesses = new Map();
  const recordings = readRecordings(version);
  for (const recording of recordings) {
    if (!isTaken(recording)) continue;
    const { request } = recording;
    const shape = shapeOf(request.method, request.path, request.body);
    const known = witnesses.get(shape.route) ?? new Set();
    for (const part of partsOf(shape)) known.add(part);
    witnesses.set(shape.route, known);
  }
  addAnswers(witnesses, recordings);
  addPatches(witnesses);
  addMetadataLists(witnesses);
  return witnesses;
}

/** The recorded versions that must accept a request: 2.42 by default for all later ones. */
function versionsFor(version: string): RecordedVersion[] {
  if (version.startsWith('2.43')) return ['2.43.1'];
  return version.startsWith('2.42') ? ['2.42.5.2', '2.43.1'] : [];
}

/**
 * Lists the requests that no recording of 2.42 and of 2.43 shows to be accepted, and those that a
 * version is known to refuse, except the entries of the table.
 */
export function checkWitnesses(requests: readonly SeenRequest[]): string[] {
  const versions = Object.keys(RECORDED) as RecordedVersion[];
  const witnesses = new Map(versions.map(version => [version, readWitnesses(version)]));
  const found = new Set<string>();
  for (const request of requests) {
    // No request for the version: the path is a user's own, or the server belongs to a test.
    if (request.version === '') continue;
    for (const version of versionsFor(request.version)) {
      const known = witnesses.get(version)?.get(request.route);
      const missing = known ? partsOf(request).filter(part => !known.has(part)) : [request.route];
      for (const part of missing) {
        if (!isListed(part)) found.add(`${version}: ${part}`);
      }
    }
    const why = refusedBy(request);
    if (why !== undefined) found.add(`${request.version}: ${request.route}: ${why}`);
  }
  return [...found].sort();
}

function isListed(part: string): boolean {
  return WITHOUT_WITNESS.some(({ request }) => part.includes(request));
}
