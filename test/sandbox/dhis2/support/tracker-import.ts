import type { Dhis2Seed } from '#sandbox/dhis2/index.js';
import { type Answer, aServer } from './client.js';
import { aUser, ID } from './seed.js';
import { aTrackerSeed, WHO } from './tracker-seed.js';

/** Minor versions with different imports. */
export const MINORS = [38, 40, 41, 42, 43, 44];

/** The UIDs of what the tests create. */
export const NEW = {
  person: 'PersonNew01',
  enrollment: 'EnrolNew001',
  event: 'EventNew001',
  relationship: 'RelationNew',
} as const;

type Json = Record<string, unknown>;

/** A person as a client sends it, with all required properties by default. */
export function aPerson(fields: Json = {}): Json {
  return {
    trackedEntity: NEW.person,
    trackedEntityType: WHO.person,
    orgUnit: ID.facility,
    attributes: [{ attribute: WHO.firstName, value: 'Ngozi' }],
    ...fields,
  };
}

/** An enrollment of that person. */
export function enrolment(fields: Json = {}): Json {
  return {
    enrollment: NEW.enrollment,
    trackedEntity: NEW.person,
    program: WHO.cases,
    orgUnit: ID.facility,
    enrolledAt: '2026-08-10',
    ...fields,
  };
}

/** A laboratory result of that enrollment. */
export function labResult(fields: Json = {}): Json {
  return {
    event: NEW.event,
    enrollment: NEW.enrollment,
    programStage: WHO.labResults,
    orgUnit: ID.facility,
    occurredAt: '2026-08-11',
    dataValues: [{ dataElement: WHO.labResult, value: 'POSITIVE' }],
    ...fields,
  };
}

/** A relationship between two people. */
export function contactOf(from: string, to: string, fields: Json = {}): Json {
  return {
    relationship: NEW.relationship,
    relationshipType: WHO.inContact,
    from: { trackedEntity: { trackedEntity: from } },
    to: { trackedEntity: { trackedEntity: to } },
    ...fields,
  };
}

/** The fixture with more users; `entry` works in the first district only. */
export function importSeed(seed: Partial<Dhis2Seed> = {}): Dhis2Seed {
  const base = aTrackerSeed(seed);
  const everywhere = { organisationUnits: [{ id: ID.root }] };
  return {
    ...base,
    users: [
      ...base.users,
      aUser({ username: 'clerk', authorities: [], ...everywhere }),
      aUser({
        username: 'keeper',
        authorities: ['F_TEI_CASCADE_DELETE', 'F_ENROLLMENT_CASCADE_DELETE'],
        ...everywhere,
      }),
    ],
  };
}

/** A server with a client that imports, as `clerk` by default. */
export async function anImporter(version = '2.42', seed: Dhis2Seed = importSeed()) {
  const server = await aServer({ version, seed });
  /** Imports synchronously; returns the report with its status and the codes of its errors. */
  const send = async (payload: unknown, query = '', user = 'clerk') => {
    const path = `/api/tracker?async=false${query && `&${query}`}`;
    const { status, body }: Answer = await server.post(path, payload, user);
    const errors: Answer['body'][] = body.validationReport?.errorReports ?? [];
    return { status, body, errors, codes: errors.map(({ errorCode }) => errorCode) };
  };
  return {
    ...server,
    send,
    /** Creates or updates, whatever the default of the version is. */
    save: (payload: unknown, query = '', user?: string) =>
      send(payload, `importStrategy=CREATE_AND_UPDATE&${query}`, user),
    /** One object with all its fields. */
    read: async (path: string) => {
      const { status, body } = await server.get(`/api/tracker/${path}?fields=*`, 'admin');
      return status === 200 ? body : undefined;
    },
  };
}
