import { canRead } from '../../accounts/access.js';
import { Query } from '../../http/query.js';
import { Refusal } from '../../http/web-message.js';
import type { Api, ApiContext, ServerContext } from '../../server-context.js';
import type { TrackedEntityAttribute } from '../types.js';
import { keyOf } from './reserved-values.js';
import { formatDay, isGenerated, parseTextPattern, type Segment } from './text-pattern.js';

/** Days for which one value is reserved (dhis2 FACTS §4.1). */
const DAYS_OF_ONE = 3;
const DAYS_OF_MANY = 60;

/** The most values of one request (the server's source, TrackedEntityAttributeController). */
const MAX_VALUES = 1000;

/** Values of generated attributes: one, or several for a client that will be offline. */
export function addGenerateRoutes(api: Api, context: ServerContext): void {
  const path = '/trackedEntityAttributes/:id';
  api.get(`${path}/generate`, c => {
    const query = readQuery(c, 'generate');
    return c.json(reserve(c, context, query, 1, DAYS_OF_ONE)[0]!);
  });
  api.get(`${path}/requiredValues`, c => {
    const { pattern } = findAttribute(c, context);
    return c.json(partsOf(parseTextPattern(pattern)));
  });
  api.get(`${path}/generateAndReserve`, c => {
    const query = readQuery(c, 'generateAndReserve', 'numberToReserve');
    const count = Number(query.text('numberToReserve') ?? 1);
    if (!Number.isInteger(count) || count < 1 || count > MAX_VALUES) {
      throw new Refusal(400, {
        message: 'You can only reserve between 1 and 1000 values in a single request.',
      });
    }
    return c.json(reserve(c, context, query, count, DAYS_OF_MANY));
  });
}

/**
 * The parts of a pattern that the client provides, and those that the server generates (recording
 * 336).
 */
function partsOf(segments: readonly Segment[]): object {
  const kinds = segments.map(({ kind }) => kind).filter(kind => kind !== 'TEXT');
  const isAsked = (kind: string) => kind === 'ORG_UNIT_CODE';
  return {
    OPTIONAL: kinds.filter(kind => !isAsked(kind)),
    REQUIRED: kinds.filter(isAsked),
  };
}

function readQuery(c: ApiContext, route: string, ...more: string[]): Query {
  const known = ['expiration', 'ORG_UNIT_CODE', ...more];
  return new Query(c.req.queries(), known, `GET /api/trackedEntityAttributes/{id}/${route}`);
}

function reserve(
  c: ApiContext,
  context: ServerContext,
  query: Query,
  count: number,
  days: number,
): object[] {
  const { store, clock, reserved } = context;
  const { id, pattern } = findAttribute(c, context);
  const segments = parseTextPattern(pattern);
  const at = segments.findIndex(isGenerated);
  const segment = segments[at];
  if (!segment || !isGenerated(segment)) throw conflict(`Attribute ${id} has no generated segment`);
  const write = (one: Segment) => writeSegment(one, query, store.time.now());
  const shape = {
    before: segments.slice(0, at).map(write).join(''),
    segment,
    after: segments
      .slice(at + 1)
      .map(write)
      .join(''),
  };
  const values = reserved.reserve(id, shape, count);
  if (values.length < count) {
    throw conflict(
      'Unable to reserve id. This may indicate that there are too few available ids left.',
    );
  }
  const expiry = clock().getTime() + query.count('expiration', days) * 24 * 60 * 60 * 1000;
  return values.map(value => ({
    ownerObject: 'TRACKEDENTITYATTRIBUTE',
    ownerUid: id,
    key: keyOf(shape),
    value,
    created: store.time.now(),
    expiryDate: store.time.fromInstant(new Date(expiry)),
  }));
}

function findAttribute(
  c: ApiContext,
  { store }: ServerContext,
): TrackedEntityAttribute & { pattern: string } {
  const id = c.req.param('id')!;
  const attribute = store.metadata.get('trackedEntityAttributes', id);
  if (!attribute || !canRead(c.get('user'), attribute)) {
    throw new Refusal(404, {
      message: `TrackedEntityAttribute with id ${id} could not be found.`,
      errorCode: 'E1005',
    });
  }
  const { generated, pattern } = attribute;
  // Recording 337.
  if (!generated || pattern === undefined) {
    throw new Refusal(400, { message: 'Attribute does not contain pattern.' });
  }
  return { ...attribute, pattern };
}

/** @throws Refusal 409 when the request lacks a value for the segment */
function writeSegment(segment: Segment, query: Query, now: string): string {
  if (segment.kind === 'TEXT') return segment.text;
  if (segment.kind === 'CURRENT_DATE') return formatDay(segment.format, now);
  if (segment.kind === 'ORG_UNIT_CODE') {
    const code = query.text('ORG_UNIT_CODE');
    if (!code) throw conflict('Missing required values: ORG_UNIT_CODE');
    return segment.format === '' ? code : code.slice(0, segment.format.length);
  }
  throw conflict('A pattern has one generated segment');
}

function conflict(message: string): Refusal {
  return new Refusal(409, { message });
}
